package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.DamagedRecord;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicReader;

import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Segments of history that are damaged while no broker runs: named at the start, mended by the
 * broker, or named where they are read; nobody waits for ever. {@code -Dseed=N} repeats a run.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class DamagedSegmentsIT {
    private static final String TOPIC = TopicCatalogue.HISTORY.name();
    private static final int RECORDS = 1_000;
    private static final int BYTES = 4_000;
    private static final long SEED = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);

    @TempDir private static Path shared;
    @TempDir private Path folder;

    private final Random random = new Random(SEED);

    @BeforeAll
    static void fill() throws Exception {
        System.out.println("damaged segments from seed " + SEED);
        try (var data = DataFolder.claim(shared);
                var broker = EmbeddedBroker.start(data, 0)) {
            var cluster = new Cluster(broker.bootstrapServers());
            Stack.createTopics(cluster, 1);
            var random = new Random(SEED);
            try (var producer = cluster.producer()) {
                for (int i = 0; i < RECORDS; i++) {
                    var value = new byte[BYTES];
                    random.nextBytes(value);
                    producer.send(new ProducerRecord<>(TOPIC, 0, (long) i, "k" + i, value));
                    if (i % 10 == 9) {
                        producer.flush();
                    }
                }
            }
        }
    }

    @Test
    void soundOnesAreRead() throws Exception {
        // Given
        copy();
        // When / Then
        assertThat(read()).isEqualTo(RECORDS);
    }

    @Test
    void whatDoesNotFollowOnIsNamedAtTheStart() throws Exception {
        for (int field : new int[] {6, 9, 16}) { // Offset, length, version.
            // Given
            copy();
            var bytes = Files.readAllBytes(segment());
            int batch = batch(bytes, random.nextInt(bytes.length / 2));
            bytes[batch + field] ^= 1;
            // When
            Files.write(segment(), bytes);
            // Then
            assertRefused(segment().toString());
        }
    }

    @Test
    void whatIsCutOffOrLostIsNamedAtTheStart() throws Exception {
        // Given
        copy();
        var bytes = Files.readAllBytes(segment());
        // When
        Files.write(segment(), Arrays.copyOf(bytes, random.nextInt(bytes.length)));
        // Then
        assertRefused(partition().toString());
        // When
        Files.write(segment(), Arrays.copyOf(bytes, batch(bytes, bytes.length / 3)));
        // Then
        assertRefused("and once had " + RECORDS);
        // When
        Files.delete(segment());
        // Then
        assertRefused("and once had " + RECORDS);
        // When
        Files.write(partition().resolve("%020d.log".formatted(RECORDS)), new byte[0]);
        // Then
        assertRefused("has no segment before offset " + RECORDS);
    }

    @Test
    void aChangedContentIsNamedWhereItIsRead() throws Exception {
        // Given
        copy();
        var bytes = Files.readAllBytes(segment());
        bytes[batch(bytes, random.nextInt(bytes.length / 2)) + 61 + random.nextInt(BYTES)] ^= 4;
        // When
        Files.write(segment(), bytes);
        // Then
        assertThatThrownBy(this::read)
                .isInstanceOf(KafkaException.class)
                .satisfies(
                        failure ->
                                assertThat(DamagedRecord.sentence(failure))
                                        .hasValueSatisfying(
                                                said -> assertThat(said).contains(TOPIC + "-0")));
    }

    @Test
    void whatStandsBesideSegmentsIsMadeAnew() throws Exception {
        for (var kind : List.of(".index", ".timeindex", ".snapshot", "leader-epoch-checkpoint")) {
            // Given
            copy();
            var file = file(kind);
            var bytes = Files.readAllBytes(file);
            // When
            Files.delete(file);
            // Then
            assertFound(kind);
            for (int i = 0; i < 3; i++) {
                // Given
                copy();
                var changed = bytes.clone();
                changed[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                // When
                Files.write(file, changed);
                // Then
                assertFound(kind);
            }
            // Given
            copy();
            // When
            Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            // Then
            assertFound(kind);
        }
    }

    @Test
    void afterAKillTheLastSegmentsIndexesAreMadeAnewWhateverTheySay() throws Exception {
        for (var kind : List.of(".index", ".timeindex")) {
            // Given
            copy();
            Files.delete(folder.resolve("broker").resolve(".kafka_cleanshutdown"));
            var bytes = Files.readAllBytes(file(kind));
            bytes[random.nextInt(bytes.length)] ^= 16;
            // When
            Files.write(file(kind), bytes);
            // Then
            assertFound(kind);
        }
    }

    /** All records, and each time, also once more have come whose times are earlier. */
    private void assertFound(String what) throws Exception {
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            var cluster = new Cluster(broker.bootstrapServers());
            assertThat(count(cluster)).as(what).isEqualTo(RECORDS);
            try (var producer = cluster.producer()) {
                producer.send(new ProducerRecord<>(TOPIC, 0, 5L, "late", new byte[BYTES])).get();
            }
            try (var admin = cluster.admin()) {
                for (long time : new long[] {0, 3, RECORDS / 2, RECORDS - 1}) {
                    var place = new TopicPartition(TOPIC, 0);
                    var asked = Map.of(place, OffsetSpec.forTimestamp(time));
                    var found = admin.listOffsets(asked).partitionResult(place).get();
                    assertThat(found.offset()).as("%s, time %d", what, time).isEqualTo(time);
                }
            }
        }
    }

    @Test
    void brokersNotesThatAreDamagedAreMadeAnew() throws Exception {
        for (var notes :
                List.of(
                        "recovery-point-offset-checkpoint",
                        "replication-offset-checkpoint",
                        "log-start-offset-checkpoint",
                        "cleaner-offset-checkpoint")) {
            for (var content :
                    List.of(
                            "0\n1\nnonsense",
                            "0\n1\nretcon.histor\u00f9 0 5",
                            "0\n1\nretcon.history 99999999999 5",
                            "0\n1\nretcon.history 0 99999999999999999999")) {
                // Given
                copy();
                // When
                Files.writeString(folder.resolve("broker").resolve(notes), content, ISO_8859_1);
                // Then
                assertThat(read()).as(notes + " of " + content).isEqualTo(RECORDS);
            }
        }
    }

    @Test
    void aLoneControllersNoteOfItsElectionIsMadeAnew() throws Exception {
        var metadata = Path.of("broker", "__cluster_metadata-0", "quorum-state");
        for (var content : List.of("", "{\"leaderId\":", "flip", "flip", "flip")) {
            // Given
            copy();
            var bytes = content.getBytes(UTF_8);
            if (content.equals("flip")) {
                bytes = Files.readAllBytes(folder.resolve(metadata));
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            // When
            Files.write(folder.resolve(metadata), bytes);
            // Then
            assertThat(read()).as(new String(bytes, ISO_8859_1)).isEqualTo(RECORDS);
        }
    }

    @Test
    void aPartitionWithoutItsIdentityIsRefused() throws Exception {
        // Given
        copy();
        var file = partition().resolve("partition.metadata");
        var whole = Files.readString(file);
        for (var damaged : List.of(whole.substring(0, 20), whole.replace("n:", "n>"), "")) {
            // When
            Files.writeString(file, damaged);
            // Then
            assertRefused(file.toString());
        }
        // When
        Files.delete(file);
        // Then
        assertRefused(file.toString());
    }

    @Test
    void anEmptyPartitionsIdentityIsMadeAnew() throws Exception {
        // Given
        copy();
        var file = folder.resolve(Path.of("broker", "retcon.plans-0", "partition.metadata"));
        // When
        Files.writeString(file, Files.readString(file).replace("version: 0", "version> 0"));
        // Then
        assertThat(read()).isEqualTo(RECORDS);
    }

    @Test
    void afterAKillTheBrokerTakesTheTornEndAwayAndNoMore() throws Exception {
        // Given
        copy();
        Files.delete(folder.resolve("broker").resolve(".kafka_cleanshutdown"));
        safeUntil(500);
        var bytes = Files.readAllBytes(segment());
        int torn = batch(bytes, bytes.length - 50 * BYTES) + 70;
        // When
        Files.write(segment(), Arrays.copyOf(bytes, torn));
        // Then
        assertThat(read()).isBetween(900, RECORDS - 10);
        // When
        Files.delete(folder.resolve("broker").resolve(".kafka_cleanshutdown"));
        Files.write(segment(), Arrays.copyOf(bytes, batch(bytes, bytes.length / 3) + 70));
        // Then
        assertRefused(segment().toString());
    }

    private int read() throws IOException {
        try (var data = DataFolder.claim(folder);
                var broker = EmbeddedBroker.start(data, 0)) {
            return count(new Cluster(broker.bootstrapServers()));
        }
    }

    private static int count(Cluster cluster) {
        try (var reader = TopicReader.wholePartition(cluster, TOPIC, 0)) {
            int records = 0;
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                records++;
            }
            return records;
        }
    }

    private void assertRefused(String place) {
        try (var data = DataFolder.claim(folder)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(data, 0))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining(place)
                    .hasMessageContaining("restore the data folder from a copy");
        }
    }

    private void safeUntil(long offset) throws IOException {
        var file = folder.resolve("broker").resolve("recovery-point-offset-checkpoint");
        Files.writeString(
                file,
                Files.readString(file).replace(TOPIC + " 0 " + RECORDS, TOPIC + " 0 " + offset));
    }

    private Path partition() {
        return folder.resolve("broker").resolve(TOPIC + "-0");
    }

    private Path segment() {
        return partition().resolve("%020d.log".formatted(0));
    }

    private Path file(String ending) throws IOException {
        try (var files = Files.list(partition())) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> file.toFile().length() > 0)
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The place of the first batch that begins at or after a place. */
    private static int batch(byte[] log, int place) {
        int at = 0;
        while (at < place) {
            at += 12 + ByteBuffer.wrap(log).getInt(at + 8);
        }
        return at;
    }

    private void copy() throws IOException {
        for (var old : all(folder).reversed()) {
            if (!old.equals(folder)) {
                Files.delete(old);
            }
        }
        for (var file : all(shared)) {
            var to = folder.resolve(shared.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.copy(file, to);
            }
        }
    }

    private static List<Path> all(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return new ArrayList<>(files.toList());
        }
    }
}
