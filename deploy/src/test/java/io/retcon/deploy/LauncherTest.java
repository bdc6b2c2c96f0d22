package io.retcon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import javax.tools.ToolProvider;

/**
 * The launcher on a project with two small classes, whose Maven copies their jar. {@code -Dseed=N}
 * repeats a run.
 */
class LauncherTest {
    private static final String MAVEN =
            """
            #!/usr/bin/env bash
            set -eu
            for module in schemas streams indexer retrainer deploy retrainer/libtorch; do
                mkdir -p "$module/target"
                cp small.jar "$module/target/$module-1-SNAPSHOT.jar" 2>/dev/null ||
                    cp small.jar "$module/target/engine-1-SNAPSHOT.jar"
            done
            mkdir -p deploy/target/lib
            [ -e deploy/target/lib/deploy-1.jar ] || cp small.jar deploy/target/lib/deploy-1.jar
            echo built >>builds
            """;

    private static final Map<String, String> CLASSES =
            Map.of(
                    "Retcon",
                    "System.out.println(\"hello \" + arguments[0]);",
                    "Rehearsal",
                    "System.out.println(arguments[0]);");

    @TempDir private Path root;

    private record Run(int status, String out) {}

    @BeforeEach
    void project() throws IOException {
        var launcher = Path.of("..", "retcon");
        Files.copy(launcher, root.resolve("retcon"));
        assertThat(root.resolve("retcon").toFile().setExecutable(true)).isTrue();
        Files.createDirectories(root.resolve("deploy/src/main/launcher"));
        Files.writeString(root.resolve("deploy/src/main/launcher/logging.properties"), "");
        Files.writeString(root.resolve("pom.xml"), "");
        jar();
        var maven = Files.createDirectories(root.resolve("bin")).resolve("mvn");
        Files.writeString(maven, MAVEN);
        assertThat(maven.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void aBuildWithAFileThatIsCutShortOrLostIsBuiltAgain() throws Exception {
        // Given
        long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
        System.out.println("a damaged build from seed " + seed);
        var random = new Random(seed);
        assertThat(run(Map.of())).isEqualTo(new Run(0, "hello status\n"));
        assertThat(run(Map.of())).isEqualTo(new Run(0, "hello status\n"));
        assertThat(builds()).isEqualTo(1);
        int expected = 1;
        for (var file : List.of("lib/deploy-1.jar", "light.aot", "jvm.args", "lengths")) {
            // When
            cut(current().resolve(file), random);
            // Then
            assertThat(run(Map.of())).as(file).isEqualTo(new Run(0, "hello status\n"));
            assertThat(builds()).as(file).isEqualTo(++expected);
        }
        for (var file : List.of("lib/deploy-1.jar", "started", "jvm.args")) {
            // When
            Files.delete(current().resolve(file));
            // Then
            assertThat(run(Map.of())).as(file).isEqualTo(new Run(0, "hello status\n"));
            assertThat(builds()).as(file).isEqualTo(++expected);
        }
    }

    @Test
    void withoutBuildingItIsNamed() throws Exception {
        // Given
        var asItIs = Map.of("RETCON_NO_BUILD", "1");
        // When / Then
        assertThat(run(asItIs).status()).isEqualTo(1);
        assertThat(run(asItIs).out()).startsWith("retcon: there is no build in ");
        // When
        assertThat(run(Map.of()).status()).isZero();
        cut(current().resolve("lib/deploy-1.jar"), new Random(1));
        // Then
        assertThat(run(asItIs).status()).isEqualTo(1);
        assertThat(run(asItIs).out())
                .startsWith("retcon: a file of the build in ")
                .contains("is cut short or lost: run it once without RETCON_NO_BUILD");
    }

    private static void cut(Path file, Random random) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    private Path current() throws IOException {
        return root.resolve("deploy/target/launch/current").toRealPath();
    }

    private int builds() throws IOException {
        return Files.readAllLines(root.resolve("builds")).size();
    }

    /** What `status` printed; of a run that fails, its complaint. */
    private Run run(Map<String, String> environment) throws Exception {
        var out = root.resolve("out");
        var err = root.resolve("err");
        var builder =
                new ProcessBuilder(root.resolve("retcon").toString(), "status")
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().put("PATH", root.resolve("bin") + ":" + System.getenv().get("PATH"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("RETCON_NO_BUILD");
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Run(status, Files.readString(status == 0 ? out : err));
    }

    private void jar() throws IOException {
        var sources = new ArrayList<String>();
        for (var one : CLASSES.entrySet()) {
            var source = root.resolve(one.getKey() + ".java");
            Files.writeString(
                    source,
                    "package io.retcon.deploy; public class %s { public static void main(String[] arguments) { %s } }"
                            .formatted(one.getKey(), one.getValue()));
            sources.add(source.toString());
        }
        var classes = Files.createDirectories(root.resolve("classes"));
        var arguments = new ArrayList<>(List.of("-d", classes.toString()));
        arguments.addAll(sources);
        int status =
                ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, arguments.toArray(String[]::new));
        assertThat(status).isZero();
        try (var jar = new JarOutputStream(Files.newOutputStream(root.resolve("small.jar")))) {
            for (var name : CLASSES.keySet()) {
                var path = "io/retcon/deploy/" + name + ".class";
                jar.putNextEntry(new JarEntry(path));
                Files.copy(classes.resolve(path), jar);
            }
        }
    }
}
