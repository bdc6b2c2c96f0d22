package io.retcon.deploy.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Local state that is damaged while nobody runs is found, and restored at the very next start. */
class DamagedStateIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir private Path folder;

    @Test
    void filesThatAreCutShortChangedOrLostAreRestoredAtOnce() {
        // Given
        runOnce();
        var damages = List.<Consumer<Path>>of(this::cut, this::flip, this::delete);
        var kinds =
                List.<Predicate<String>>of(
                        name -> name.equals("CURRENT"),
                        name -> name.startsWith("MANIFEST"),
                        name -> name.endsWith(".sst"),
                        name -> name.equals(".checkpoint"));
        for (var kind : kinds) {
            for (var damage : damages) {
                // When
                var victims = files(kind);
                victims.forEach(damage);
                // Then
                runOnce();
            }
        }
    }

    /** The stack works, and does not die: a record that nobody can read is refused. */
    private void runOnce() {
        try (var data = DataFolder.claim(folder);
                var stack = Stack.embedded(data, 0, 1, List.of(Stages.streams()), part -> {})) {
            long before = rejects(stack.cluster());
            try (var producer = stack.cluster().producer()) {
                producer.send(
                        new ProducerRecord<>(
                                TopicCatalogue.INTERVENTIONS.name(), "rubbish", new byte[] {1}));
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> stack.ended().isDone() || rejects(stack.cluster()) > before);
            assertThat(stack.ended()).isNotDone();
        }
    }

    private static long rejects(Cluster cluster) {
        var partition = new TopicPartition(TopicCatalogue.REJECTS.name(), 0);
        try (var consumer = cluster.consumer()) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private List<Path> files(Predicate<String> kind) {
        try (var files = Files.walk(folder.resolve("streams"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> kind.test(file.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void cut(Path file) {
        change(file, bytes -> java.util.Arrays.copyOf(bytes, bytes.length / 2));
    }

    private void flip(Path file) {
        var random = new Random(1);
        change(
                file,
                bytes -> {
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)] ^= 1;
                    }
                    return bytes;
                });
    }

    private static void change(Path file, java.util.function.UnaryOperator<byte[]> change) {
        try {
            Files.write(file, change.apply(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
