package io.retcon.deploy.compose;

import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The services of deploy/compose/compose.yaml, merge keys resolved. */
public record ComposeFile(Map<String, Service> services) {
    static final Path FOLDER = Path.of("compose");

    /** One service: what it runs, with which variables, and where it finds what. */
    public record Service(
            String name,
            String image,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts) {}

    /** A folder or file of a container: beside the compose file, or in a volume. */
    public record Mount(String source, String target, String subpath) {
        boolean isVolume() {
            return !source.startsWith(".");
        }
    }

    static ComposeFile read() throws IOException {
        var text = Files.readString(FOLDER.resolve("compose.yaml"));
        var root = map(new Load(LoadSettings.builder().build()).loadFromString(text));
        var services = new LinkedHashMap<String, Service>();
        map(root.get("services"))
                .forEach((name, service) -> services.put(name, service(name, map(service))));
        return new ComposeFile(services);
    }

    /** The whole file as JSON-like maps and lists, merge keys resolved. */
    public static Map<String, Object> tree() throws IOException {
        var text = Files.readString(FOLDER.resolve("compose.yaml"));
        return resolved(map(new Load(LoadSettings.builder().build()).loadFromString(text)));
    }

    private static Map<String, Object> resolved(Map<String, Object> map) {
        var resolved = new LinkedHashMap<String, Object>();
        merged(map).forEach((key, value) -> resolved.put(key, resolvedValue(value)));
        return resolved;
    }

    private static Object resolvedValue(Object value) {
        return value instanceof Map<?, ?>
                ? resolved(map(value))
                : value instanceof List<?> list
                        ? list.stream().map(ComposeFile::resolvedValue).toList()
                        : value;
    }

    private static Service service(String name, Map<String, Object> declared) {
        var service = merged(declared);
        var environment = new LinkedHashMap<String, String>();
        merged(map(service.getOrDefault("environment", Map.of())))
                .forEach((key, value) -> environment.put(key, value.toString()));
        return new Service(
                name,
                service.get("image").toString(),
                list(service.getOrDefault("command", List.of())).stream()
                        .map(Object::toString)
                        .toList(),
                environment,
                list(service.getOrDefault("volumes", List.of())).stream()
                        .map(ComposeFile::mount)
                        .toList());
    }

    private static Mount mount(Object declared) {
        if (declared instanceof String text) {
            var parts = text.split(":", -1);
            return new Mount(parts[0], parts[1], "");
        }
        var mount = map(declared);
        var subpath = map(mount.getOrDefault("volume", Map.of())).getOrDefault("subpath", "");
        return new Mount(
                mount.get("source").toString(), mount.get("target").toString(), subpath.toString());
    }

    private static Map<String, Object> merged(Map<String, Object> map) {
        var merged = new LinkedHashMap<String, Object>();
        if (map.get("<<") != null) {
            merged.putAll(merged(map(map.get("<<"))));
        }
        map.forEach(
                (key, value) -> {
                    if (!key.equals("<<")) {
                        merged.put(key, value);
                    }
                });
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
