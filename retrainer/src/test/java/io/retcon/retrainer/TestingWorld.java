package io.retcon.retrainer;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** A small history of random words, with items about them. */
public final class TestingWorld {
    public static final String RUN = "small";
    public static final int STEPS = 12;
    public static final int TOKENS = 16;

    private static final int VOCABULARY = TinyModels.VOCABULARY;
    private static final int SEQUENCES = 5;

    private final Cluster cluster;
    private final int partitions;
    private final SplittableRandom random = new SplittableRandom(23);

    public TestingWorld(Cluster cluster, int partitions) {
        this.cluster = cluster;
        this.partitions = partitions;
    }

    /** Publishes history and items. */
    public void publish(Path folder) throws IOException {
        try (var transaction = new Transaction(cluster, "world");
                var tokenizer = tokenizer(folder)) {
            for (int step = 0; step < STEPS; step++) {
                var crc = new CRC32C();
                for (int s = 0; s < SEQUENCES; s++) {
                    var tokens = PackedTokens.pack(sequence(), TokenWidth.U16);
                    crc.update(tokens.duplicate());
                    transaction.send(
                            TopicCatalogue.HISTORY,
                            partition(step, s),
                            step,
                            Keys.sequence(RUN, step, s),
                            new HistorySequence(
                                    RUN, (long) step, s, TokenWidth.U16, tokens, List.of()));
                }
                transaction.send(
                        TopicCatalogue.MANIFESTS,
                        Keys.join(RUN, step),
                        new Manifest(
                                RUN, new StepManifest((long) step, SEQUENCES, crc.getValue())));
            }
            var manifest =
                    RunManifest.newBuilder()
                            .setSequencesPerStep(SEQUENCES)
                            .setTokensPerSequence(TOKENS)
                            .setPartitions(partitions)
                            .setVocabulary(VOCABULARY)
                            .setWidth(TokenWidth.U16)
                            .setEos(0)
                            .setTokenizerSha256(tokenizer.sha256())
                            .setTokenizer(tokenizer.gzip())
                            .setSteps(STEPS)
                            .build();
            transaction.send(TopicCatalogue.MANIFESTS, RUN, new Manifest(RUN, manifest));
            for (int i = 0; i < 30; i++) {
                item(transaction, i % 3 == 0 ? "few" : "many", "item-" + i);
            }
            transaction.commit();
        }
        awaitVisible();
    }

    private void item(Transaction transaction, String benchmark, String id) {
        var item =
                Item.newBuilder()
                        .setBenchmark(benchmark)
                        .setId(id)
                        .setQuery("w%d w%d".formatted(word(), word()))
                        .setChoices(List.of("w" + word(), "w%d w%d".formatted(word(), word())))
                        .setGold(0)
                        .build();
        transaction.send(TopicCatalogue.ITEMS, Keys.item(benchmark, id), item);
    }

    /** An arm whose sequences of these places (step to sequence) have other tokens. */
    public void publishArm(String intervention, String arm, Map<Long, Integer> places) {
        publishArm(intervention, arm, places, this::sequence);
    }

    /** An arm whose sequences of these places (step to sequence) have these tokens. */
    public void publishArm(
            String intervention, String arm, Map<Long, Integer> places, Supplier<int[]> tokens) {
        try (var transaction = new Transaction(cluster, "arm")) {
            var counts = new long[partitions];
            for (long step = 0; step < STEPS; step++) {
                if (places.containsKey(step)) {
                    int s = places.get(step);
                    int partition = partition(step, s);
                    counts[partition]++;
                    transaction.send(
                            TopicCatalogue.REWRITES,
                            partition,
                            step,
                            Keys.join(intervention, arm, step, s),
                            rewrite(intervention, arm)
                                    .setStep(step)
                                    .setSequence(s)
                                    .setTokens(PackedTokens.pack(tokens.get(), TokenWidth.U16))
                                    .build());
                }
            }
            for (int p = 0; p < partitions; p++) {
                transaction.send(
                        TopicCatalogue.REWRITES,
                        p,
                        0,
                        Keys.join(intervention, arm, "closing", p),
                        rewrite(intervention, arm).setClosing(new Closing(counts[p], "")).build());
            }
            transaction.commit();
        }
        awaitVisible();
    }

    /** A commit returns before the partitions have its markers, and readers stop before those. */
    public void awaitVisible() {
        try (var admin = cluster.admin()) {
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            for (var topic : TopicCatalogue.all()) {
                for (int p = 0; p < TopicTable.partitions(cluster, topic); p++) {
                    latest.put(new TopicPartition(topic.name(), p), OffsetSpec.latest());
                }
            }
            while (!offsets(admin, latest, IsolationLevel.READ_COMMITTED)
                    .equals(offsets(admin, latest, IsolationLevel.READ_UNCOMMITTED))) {
                Thread.onSpinWait();
            }
        }
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, Map<TopicPartition, OffsetSpec> specs, IsolationLevel isolation) {
        try {
            var offsets = new HashMap<TopicPartition, Long>();
            admin.listOffsets(specs, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .forEach((partition, info) -> offsets.put(partition, info.offset()));
            return offsets;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A token that the history does not have from step {@code from} on. */
    public int unusedToken(long from) {
        var used = new HashSet<Integer>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.HISTORY,
                (key, sequence) -> {
                    if (sequence.getStep() >= from) {
                        var tokens = PackedTokens.unpack(sequence.getTokens(), sequence.getWidth());
                        IntStream.of(tokens).forEach(used::add);
                    }
                });
        return IntStream.range(1, VOCABULARY)
                .filter(token -> !used.contains(token))
                .findFirst()
                .orElseThrow();
    }

    private static Rewrite.Builder rewrite(String intervention, String arm) {
        return Rewrite.newBuilder()
                .setIntervention(intervention)
                .setRun(RUN)
                .setArm(arm)
                .setWidth(TokenWidth.U16)
                .setTokens(ByteBuffer.allocate(0))
                .setDocuments(List.of())
                .setLineage(List.of())
                .setTruncated(List.of());
    }

    private int partition(long step, int sequence) {
        return (int) ((step * SEQUENCES + sequence) % partitions);
    }

    private int[] sequence() {
        return random.ints(TOKENS, 0, VOCABULARY).toArray();
    }

    private int word() {
        return random.nextInt(1, VOCABULARY);
    }

    /** Words w1 … w100, and <eos>. */
    public static Tokenizer tokenizer(Path folder) throws IOException {
        var vocabulary = new StringBuilder("\"<eos>\": 0");
        for (int i = 1; i < VOCABULARY; i++) {
            vocabulary.append(", \"w%d\": %d".formatted(i, i));
        }
        var file = folder.resolve("tokenizer.json");
        Files.writeString(
                file,
                """
                {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
                 "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "post_processor": null, "decoder": null,
                 "model": {"type": "WordLevel", "vocab": {%s}, "unk_token": "<eos>"}}
                """
                        .formatted(vocabulary));
        return Tokenizer.ofFile(file);
    }
}
