package io.retcon.deploy.compose;

import io.retcon.deploy.Retcon;
import io.retcon.deploy.compose.ComposeFile.Service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;

/**
 * Does by hand what Docker would do of the compose file: runs its services' commands as processes
 * of this machine, with its variables, each host name an address of the loopback network, each
 * volume a folder.
 */
final class PlayedCompose implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(3);
    static final int BROKERS = 3;
    private static final String DASHBOARD_PORT = "RETCON_DASHBOARD_PORT";
    private static final String HOME = "/var/lib/retcon";

    private final Path root;
    private final ComposeFile file = ComposeFile.read();
    private final Map<String, String> replaced;
    private final SequencedMap<String, Process> processes = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final Path hosts;

    /**
     * @param root for volumes, logs and what stands in for programs of the images
     * @param replaced values of variables that this machine has otherwise
     */
    PlayedCompose(Path root, Map<String, String> replaced) throws IOException {
        this.root = root;
        this.replaced = replaced;
        this.hosts = hosts();
        program(
                "kafka-storage.sh",
                "org.apache.kafka.tools.StorageTool",
                "kafka.tools.StorageTool");
        program("kafka-server-start.sh", "kafka.Kafka");
    }

    /** Addresses that nobody else is likely to use, since they depend on the process. */
    private Path hosts() throws IOException {
        long pid = ProcessHandle.current().pid();
        var lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        lines.add("127.0.0.1 " + InetAddress.getLocalHost().getHostName());
        for (int broker = 1; broker <= BROKERS; broker++) {
            byte[] address = {
                127, (byte) (1 + pid / 250 % 250), (byte) (1 + pid % 250), (byte) broker
            };
            lines.add(InetAddress.getByAddress(address).getHostAddress() + " kafka-" + broker);
            TestingNames.add("kafka-" + broker, address);
        }
        return Files.write(root.resolve("hosts"), lines);
    }

    /** Kafka's own command of that name, from this machine's class path. */
    private void program(String name, String... mains) throws IOException {
        var main = mains[0];
        for (var candidate : mains) {
            if (getClass().getClassLoader().getResource(candidate.replace('.', '/') + ".class")
                    != null) {
                main = candidate;
            }
        }
        var file = Files.createDirectories(root.resolve("bin")).resolve(name);
        Files.writeString(
                file,
                "#!/bin/sh\nexec '%s/bin/java' -cp '%s' %s \"$@\"\n"
                        .formatted(
                                System.getProperty("java.home"),
                                System.getProperty("java.class.path"),
                                main));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    /** Runs a service until it ends. */
    void run(String name) throws IOException, InterruptedException {
        run(name, service(name).command());
    }

    /**
     * Runs another command of the service, as `docker compose run` does; returns what it printed.
     */
    String run(String name, List<String> command) throws IOException, InterruptedException {
        var process = start(name, command);
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(name + " does not end: " + said(name));
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(
                    "%s %s ended with %d: %s"
                            .formatted(name, command, process.exitValue(), said(name)));
        }
        return Files.readString(out(name));
    }

    /** Starts a service and leaves it running. */
    void start(String name) throws IOException {
        start(name, service(name).command());
    }

    private Process start(String name, List<String> command) throws IOException {
        var service = service(name);
        var places = places(service);
        var all = new ArrayList<String>();
        if (isOurs(service)) {
            all.addAll(entryPoint());
        }
        command.forEach(part -> all.add(here(part, places)));
        var builder = new ProcessBuilder(all);
        builder.redirectOutput(out(name).toFile()).redirectError(err(name).toFile());
        builder.environment().putAll(environment(service, places));
        var process = builder.start();
        processes.put(name, process);
        return process;
    }

    private Map<String, String> environment(Service service, Map<String, Path> places) {
        var environment = new LinkedHashMap<String, String>();
        service.environment().forEach((key, value) -> environment.put(key, here(value, places)));
        environment.putAll(replaced);
        environment.put("RETCON_METRICS_HOST", "127.0.0.1");
        environment.computeIfPresent(
                "RETCON_METRICS_PORT", (key, value) -> String.valueOf(port(service)));
        if (environment.containsKey(DASHBOARD_PORT)) {
            environment.put("RETCON_DASHBOARD_HOST", "127.0.0.1");
            environment.put(DASHBOARD_PORT, String.valueOf(port(service)));
        }
        environment.put(
                "PATH", root.resolve("bin") + ":" + javaPath() + ":" + System.getenv("PATH"));
        environment.putIfAbsent("RETCON_DATA", here(HOME, places));
        var options = "-Xmx768m -Djdk.net.hosts.file=" + hosts;
        // What trains and matches is slow without the second compiler.
        environment.put(
                "JAVA_TOOL_OPTIONS",
                isOurs(service) ? options : options + " -XX:TieredStopAtLevel=1");
        environment.put("OMP_WAIT_POLICY", "PASSIVE");
        environment.put("MALLOC_ARENA_MAX", "2");
        return environment;
    }

    /** One address has all services here, so each answers on a port of its own. */
    private int port(Service service) {
        return ports.computeIfAbsent(
                service.name(),
                name -> {
                    try (var probe = new ServerSocket(0)) {
                        return probe.getLocalPort();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** What a service says when it is asked for a path. */
    HttpResponse<String> ask(String name, String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(address(name, path)).build());
    }

    /** The same for one who brings a token. */
    HttpResponse<String> ask(String name, String path, String token)
            throws IOException, InterruptedException {
        return answer(
                HttpRequest.newBuilder(address(name, path))
                        .header("Authorization", "Bearer " + token)
                        .build());
    }

    private URI address(String name, String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(ports.get(name), path));
    }

    private static HttpResponse<String> answer(HttpRequest request)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    private static boolean isOurs(Service service) {
        return service.image().equals("retcon");
    }

    private static String javaPath() {
        return System.getProperty("java.home") + "/bin";
    }

    /** As deploy/image/retcon starts it, but for where things lie. */
    private List<String> entryPoint() throws IOException {
        var command = new ArrayList<>(List.of(root.resolve("jre/bin/java").toString()));
        try (var options = Files.lines(Path.of("image", "jvm.args"))) {
            options.filter(option -> !option.contains("/opt/retcon")).forEach(command::add);
        }
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), Retcon.class.getName()));
        return command;
    }

    /** Makes the runtime that the image has. */
    void link() throws IOException, InterruptedException {
        var modules = Files.readString(Path.of("image", "modules")).strip();
        var jlink =
                new ProcessBuilder(
                                javaPath() + "/jlink",
                                "--add-modules",
                                modules,
                                "--strip-debug",
                                "--no-header-files",
                                "--no-man-pages",
                                "--output",
                                root.resolve("jre").toString())
                        .redirectErrorStream(true)
                        .start();
        var said = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jlink.waitFor() != 0) {
            throw new AssertionError("jlink: " + said);
        }
    }

    private Service service(String name) {
        return file.services().get(name);
    }

    private Map<String, Path> places(Service service) throws IOException {
        var places = new LinkedHashMap<String, Path>();
        places.put(HOME, root.resolve("volumes").resolve(service.name() + "-home"));
        for (var mount : service.mounts()) {
            var place =
                    mount.isVolume()
                            ? volume(mount.source()).resolve(mount.subpath())
                            : ComposeFile.FOLDER.resolve(mount.source());
            places.put(mount.target(), place.toAbsolutePath().normalize());
        }
        return places;
    }

    /** Where a volume lies on this machine. */
    Path volume(String name) throws IOException {
        return Files.createDirectories(root.resolve("volumes").resolve(name));
    }

    /** The path on this machine for one inside the container; the longest mount that holds it. */
    private static String here(String text, Map<String, Path> places) {
        return places.keySet().stream()
                .filter(target -> text.equals(target) || text.startsWith(target + "/"))
                .max(Comparator.comparingInt(String::length))
                .map(target -> places.get(target) + text.substring(target.length()))
                .orElse(text);
    }

    Path out(String name) {
        return root.resolve(name + ".out");
    }

    private Path err(String name) {
        return root.resolve(name + ".err");
    }

    /** Blocks until the service says that it is ready. */
    void awaitReady(String name) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(out(name)).contains("ready in")) {
            for (var process : processes.entrySet()) {
                boolean ended = !process.getValue().isAlive();
                if (ended && process.getValue().exitValue() != 0) {
                    throw new AssertionError(
                            process.getKey() + " failed: " + said(process.getKey()));
                }
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(name + " is not ready: " + said(name));
            }
            Thread.sleep(100);
        }
    }

    String said(String name) throws IOException {
        return Files.readString(out(name)) + Files.readString(err(name));
    }

    @Override
    public void close() {
        processes.reversed().values().forEach(process -> process.destroyForcibly().onExit().join());
    }
}
