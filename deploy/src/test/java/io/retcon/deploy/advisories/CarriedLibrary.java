package io.retcon.deploy.advisories;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * A library as its Maven properties name it, in a jar of its own or inside another's.
 *
 * @param jar group's last part and artifact of the jar, or its file's name
 * @param artifact group:artifact
 */
record CarriedLibrary(String jar, String artifact, String version) {
    private static final String PROPERTIES = "META-INF/maven/[^/]+/[^/]+/pom.properties";

    /** All that a jar says it holds. */
    static List<CarriedLibrary> of(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            var name = jar.getParent().getParent().getParent().getFileName() + "-" + artifact(jar);
            return file.stream()
                    .filter(entry -> entry.getName().matches(PROPERTIES))
                    .map(entry -> of(name, file, entry))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From where Maven keeps it: …/artifact/version/artifact-version.jar. */
    static CarriedLibrary byPlace(Path jar) {
        var version = jar.getParent();
        var group = version.getParent().getParent();
        var names = new StringBuilder();
        for (int i = 0; i < group.getNameCount(); i++) {
            if (group.getName(i).toString().equals("repository")) {
                names.setLength(0);
            } else {
                names.append(names.isEmpty() ? "" : ".").append(group.getName(i));
            }
        }
        return new CarriedLibrary(
                group.getFileName() + "-" + artifact(jar),
                names + ":" + artifact(jar),
                version.getFileName().toString());
    }

    private static String artifact(Path jar) {
        return jar.getParent().getParent().getFileName().toString();
    }

    private static CarriedLibrary of(String name, JarFile file, ZipEntry entry) {
        var properties = new Properties();
        try (var in = file.getInputStream(entry)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CarriedLibrary(
                name,
                properties.getProperty("groupId") + ":" + properties.getProperty("artifactId"),
                properties.getProperty("version"));
    }
}
