package io.retcon.deploy.advisories;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.maven.artifact.versioning.ComparableVersion;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** No library on the class path, nor one carried inside another's jar, has a hole we know of. */
class AdvisoriesTest {
    private record Advisory(String artifact, String fixed, String name) {
        boolean concerns(CarriedLibrary library) {
            return library.artifact().equals(artifact)
                    && new ComparableVersion(library.version())
                                    .compareTo(new ComparableVersion(fixed))
                            < 0;
        }
    }

    private static final List<Advisory> ADVISORIES =
            lines("advisories.csv")
                    .map(line -> line.split(",", 4))
                    .map(cells -> new Advisory(cells[0], cells[1], cells[2]))
                    .toList();

    @Test
    void everyLibraryIsAtLeastTheVersionThatMendsIt() {
        // Given
        var notReached = lines("not-reached.csv").map(line -> line.split(",", 3)).toList();
        // When
        var concerned =
                libraries()
                        .filter(
                                library ->
                                        notReached.stream()
                                                .noneMatch(
                                                        cells ->
                                                                cells[0].equals(library.jar())
                                                                        && cells[1].equals(
                                                                                library
                                                                                        .artifact())))
                        .flatMap(
                                library ->
                                        ADVISORIES.stream()
                                                .filter(advisory -> advisory.concerns(library))
                                                .map(a -> library + ": " + a.name()))
                        .toList();
        // Then
        assertThat(concerned).isEmpty();
    }

    @Test
    void anOldLibraryInsideAnotherIsFound() {
        // When
        var inside = libraries().filter(library -> library.jar().equals("nd4j-guava")).toList();
        // Then
        assertThat(inside)
                .anyMatch(
                        library ->
                                ADVISORIES.stream()
                                        .anyMatch(advisory -> advisory.concerns(library)));
    }

    private static Stream<CarriedLibrary> libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.endsWith(".jar"))
                .map(Path::of)
                .filter(jar -> jar.getNameCount() > 4)
                .flatMap(
                        jar ->
                                Stream.concat(
                                        CarriedLibrary.of(jar).stream(),
                                        Stream.of(CarriedLibrary.byPlace(jar))))
                .distinct();
    }

    private static Stream<String> lines(String resource) {
        try (var in = AdvisoriesTest.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
