package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicCreation;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

class EmbeddedBrokerIT {
    private static final String TOPIC = TopicCatalogue.ITEMS.name();

    @TempDir private Path folder;

    @Test
    void keepsItsRecordsOverARestart() throws Exception {
        // Given
        var values = values("a", 100);
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            createTopics(broker.bootstrapServers());
            produce(broker.bootstrapServers(), values);
        }

        // When
        List<String> found;
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            found = read(broker.bootstrapServers());
        }

        // Then
        assertThat(found).isEqualTo(values);
    }

    @Test
    void keepsWhatItAcknowledgedOverAKill() throws Exception {
        // Given
        var values = values("k", 1_000);
        try (var doomed = TestingBroker.start(folder)) {
            createTopics(doomed.bootstrapServers());
            produce(doomed.bootstrapServers(), values);
            doomed.kill();
        }

        // When
        List<String> found;
        long start = System.nanoTime();
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            found = read(broker.bootstrapServers());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(60));
            produce(broker.bootstrapServers(), List.of("after"));
            found.addAll(read(broker.bootstrapServers()).subList(values.size(), values.size() + 1));
        }

        // Then
        assertThat(found).startsWith(values.toArray(String[]::new)).endsWith("after");
    }

    @Test
    void refusesAFolderThatAnotherProcessHolds() throws Exception {
        try (var other = TestingBroker.start(folder)) {
            // When, Then
            assertThatThrownBy(() -> DataFolder.claim(folder))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining(folder.toRealPath().toString())
                    .hasMessageContaining("process " + other.pid())
                    .hasMessageContaining("--data");
        }
    }

    @Test
    void refusesAPortThatIsInUse() throws Exception {
        // Given
        try (var listener = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                var data = DataFolder.claim(folder)) {
            int port = listener.getLocalPort();

            // When, Then
            assertThatThrownBy(() -> EmbeddedBroker.start(data, port))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("port " + port)
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void refusesRecordsWithoutTheirIdentity() throws Exception {
        // Given
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            assertThat(broker.bootstrapServers()).isNotEmpty();
        }
        var identity = folder.resolve("broker").resolve("meta.properties");
        var whole = Files.readAllBytes(identity);
        // When
        Files.delete(identity);
        // Then
        assertIdentityIsRefused();
        // When
        Files.write(identity, Arrays.copyOf(whole, whole.length / 3));
        // Then
        assertIdentityIsRefused();
        // When
        Files.write(identity, new byte[0]);
        // Then
        assertIdentityIsRefused();
        // When
        Files.write(identity, whole);
        // Then
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            assertThat(broker.bootstrapServers()).isNotEmpty();
        }
    }

    private void assertIdentityIsRefused() {
        try (var data = DataFolder.claim(folder)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(data, 0))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("meta.properties")
                    .hasMessageContaining("restore the file");
        }
    }

    private static List<String> values(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }

    private static void createTopics(String bootstrapServers) {
        try (var admin = new Cluster(bootstrapServers).admin()) {
            new TopicCreation(2, (short) 1).createMissing(admin);
        }
    }

    private static void produce(String bootstrapServers, List<String> values) throws Exception {
        try (var producer = new Cluster(bootstrapServers).producer()) {
            var sent = new ArrayList<Future<?>>();
            for (String value : values) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, value, bytes)));
            }
            for (var acknowledged : sent) {
                acknowledged.get();
            }
        }
    }

    private static List<String> read(String bootstrapServers) {
        var values = new ArrayList<String>();
        try (var reader = TopicReader.wholePartition(new Cluster(bootstrapServers), TOPIC, 0)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                values.add(new String(next.get().value(), StandardCharsets.UTF_8));
            }
        }
        return values;
    }
}
