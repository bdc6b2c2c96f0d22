package io.retcon.deploy.stack;

import static java.lang.System.Logger.Level.WARNING;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.Topic.CleanUp;
import io.retcon.schemas.topic.TopicCatalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Looks, before a broker starts, whether the record batches in its log folder follow on each other
 * as far as they were once safely on disk. A broker does not look, and who reads across a batch
 * whose length is wrong, or up to an end that is gone, waits for ever; who is sent to the wrong
 * batch by an index misses records. Contents are not read: a changed one fails its checksum where
 * it is read.
 *
 * @param logs the broker's log folder
 */
record SegmentCheck(Path logs) {
    /** Of records that nothing but the contract's compaction ever takes away. */
    private static final String KEPT = "retcon.";

    private static final String CLEAN_END = ".kafka_cleanshutdown";
    private static final String SAFE_OFFSETS = "recovery-point-offset-checkpoint";
    private static final String EPOCHS = "leader-epoch-checkpoint";
    private static final String IDENTITY = "partition.metadata";
    private static final Pattern PARTITION = Pattern.compile(".+-\\d+");
    private static final Pattern WHOLE = Pattern.compile("version: 0\\s+topic_id: \\S{22}\\s*");
    private static final System.Logger LOG = System.getLogger(SegmentCheck.class.getName());

    /** What a broker makes anew from its segments. */
    private static final List<String> DERIVED =
            List.of(
                    SAFE_OFFSETS,
                    "replication-offset-checkpoint",
                    "log-start-offset-checkpoint",
                    "cleaner-offset-checkpoint");

    SegmentCheck {
        requireNonNull(logs, "logs is null");
    }

    /**
     * Deletes the broker's notes that are damaged and that it makes anew.
     *
     * @throws RefusedInput naming the first segment that is damaged
     */
    void run() {
        try {
            if (!Files.isDirectory(logs)) {
                return;
            }
            for (var notes : DERIVED) {
                mend(OffsetCheckpoint.ofPartitions(logs.resolve(notes)));
            }
            boolean clean = Files.exists(logs.resolve(CLEAN_END));
            var safe = safeOffsets();
            for (var folder : partitions()) {
                checkIdentity(folder);
                mend(OffsetCheckpoint.ofEpochs(folder.resolve(EPOCHS)));
                check(folder, clean, safe.getOrDefault(folder.getFileName().toString(), 0L));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param clean whether the broker ended in order; else it mends what lies beyond {@code safe}
     *     itself
     * @param safe the offset below which everything was on disk
     */
    private static void check(Path folder, boolean clean, long safe) throws IOException {
        var segments = Segment.in(folder);
        if (clean && !segments.isEmpty() && segments.getFirst().base() > 0 && isKept(folder)) {
            throw damaged(folder, "has no segment before offset " + segments.getFirst().base());
        }
        var cleanUp = cleanUp(folder);
        long end = 0;
        for (var segment : segments) {
            // After another end the broker makes the last one's indexes anew, and they are long.
            boolean believed = clean || segment != segments.getLast();
            var walk = believed ? checkIndexes(segment, cleanUp) : segment.walk(batch -> {});
            end = walk.end();
            if (!walk.isWhole() && (clean || end < safe)) {
                throw damaged(
                        segment.file(),
                        "is damaged or cut short at byte %d, offset %d"
                                .formatted(walk.bytes(), end));
            }
        }
        if (end < safe) {
            throw damaged(folder, "ends at offset %d and once had %d".formatted(end, safe));
        }
    }

    /** Forgets those that do not fit. */
    private static Segment.Walk checkIndexes(Segment segment, CleanUp cleanUp) throws IOException {
        var indexes = new SegmentIndexes(segment);
        var walk = segment.walk(indexes::add);
        if (walk.isWhole() && !indexes.areSound(cleanUp)) {
            LOG.log(WARNING, "{0} has a damaged index: the broker makes it anew", segment.file());
            indexes.forget();
        }
        return walk;
    }

    /** Of a partition's topic; what is not the contract's is Kafka's, or Streams'. */
    private static CleanUp cleanUp(Path folder) {
        var name = folder.getFileName().toString();
        var topicName = name.substring(0, name.lastIndexOf('-'));
        return TopicCatalogue.all().stream()
                .filter(topic -> topic.name().equals(topicName))
                .map(Topic::cleanUp)
                .findFirst()
                .orElse(CleanUp.COMPACT);
    }

    private static boolean isKept(Path folder) {
        return folder.getFileName().toString().startsWith(KEPT);
    }

    private static RefusedInput damaged(Path place, String what) {
        return new RefusedInput(
                "%s %s, so its records cannot be read: restore the data folder from a copy, or name an empty one with --data and import again"
                        .formatted(place, what));
    }

    private List<Path> partitions() throws IOException {
        try (var folders = Files.list(logs)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> PARTITION.matcher(folder.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static void mend(OffsetCheckpoint notes) throws IOException {
        if (notes.isDamaged()) {
            forget(notes.file());
        }
    }

    /** Of a small file that a broker does without. */
    static void forget(Path damaged) throws IOException {
        LOG.log(WARNING, "{0} is damaged: the broker makes it anew", damaged);
        Files.delete(damaged);
    }

    /**
     * Without it a broker takes the partition for one that nobody wants, and begins another. It is
     * written before the first record is.
     */
    private static void checkIdentity(Path folder) throws IOException {
        var file = folder.resolve(IDENTITY);
        boolean isThere = Files.exists(file);
        if (isThere && WHOLE.matcher(Files.readString(file, ISO_8859_1)).matches()) {
            return;
        }
        if (Segment.in(folder).stream().anyMatch(s -> s.file().toFile().length() > 0)) {
            throw damaged(file, "is missing or damaged");
        }
        if (isThere) {
            forget(file);
        }
    }

    /** Partition's folder to offset. */
    private Map<String, Long> safeOffsets() throws IOException {
        var offsets = new HashMap<String, Long>();
        OffsetCheckpoint.ofPartitions(logs.resolve(SAFE_OFFSETS))
                .lines()
                .ifPresent(
                        lines ->
                                lines.forEach(
                                        line -> {
                                            var parts = line.split(" ", -1);
                                            offsets.put(
                                                    parts[0] + "-" + parts[1],
                                                    Long.parseLong(parts[2]));
                                        }));
        return offsets;
    }
}
