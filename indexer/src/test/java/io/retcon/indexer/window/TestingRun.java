package io.retcon.indexer.window;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.StepManifest;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DonorsSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.SwapSpec;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * A random run of one-word tokens: word {@code i} is written w{@code i}x, so that no word lies in
 * another. Item {@code i} asks for words 2i and 2i+1.
 */
final class TestingRun {
    static final int SEQUENCES_PER_STEP = 4;
    static final int TOKENS = 48;
    static final int WORDS = 60;
    static final int ITEMS = 12;
    static final String BENCHMARK = "words";

    private final String run;
    private final Map<DocumentRef, String> documents = new LinkedHashMap<>();

    private TestingRun(String run) {
        this.run = run;
    }

    /** Publishes a run and its items. */
    static TestingRun publish(Cluster cluster, Path folder, String run, long steps, long seed)
            throws IOException {
        var testing = new TestingRun(run);
        var random = new Random(seed);
        try (var transaction = new Transaction(cluster, "testing-run")) {
            for (int i = 0; i < ITEMS; i++) {
                transaction.send(TopicCatalogue.ITEMS, Keys.item(BENCHMARK, "i" + i), item(i));
            }
            int partitions = TopicTable.partitions(cluster, TopicCatalogue.HISTORY);
            for (long step = 0; step < steps; step++) {
                testing.publishStep(transaction, partitions, step, random);
            }
            transaction.send(
                    TopicCatalogue.MANIFESTS,
                    Keys.join(run),
                    new Manifest(run, manifest(folder, partitions, steps)));
            transaction.commit();
        }
        return testing;
    }

    /** Every document of the run with its text, in training order. */
    Map<DocumentRef, String> documents() {
        return documents;
    }

    /** The selected items, in their order. */
    List<Item> items(Selection selection) {
        return selection.getItems().stream()
                .map(ref -> item(Integer.parseInt(ref.getId().substring(1))))
                .toList();
    }

    /** What a reference names. */
    Item item(ItemRef ref) {
        return item(Integer.parseInt(ref.getId().substring(1)));
    }

    /** Publishes the same items once more, as another benchmark. */
    List<ItemRef> publishItemsAs(Cluster cluster, String benchmark) {
        var items =
                IntStream.range(0, ITEMS)
                        .mapToObj(i -> Item.newBuilder(item(i)).setBenchmark(benchmark).build())
                        .toList();
        try (var transaction = new Transaction(cluster, "testing-items")) {
            for (var item : items) {
                transaction.send(TopicCatalogue.ITEMS, Keys.item(benchmark, item.getId()), item);
            }
            transaction.commit();
        }
        return items.stream().map(item -> new ItemRef(benchmark, item.getId())).toList();
    }

    /** Whether the document names both words of the item. */
    static boolean matches(int item, String text) {
        return text.contains(word(2 * item)) && text.contains(word(2 * item + 1));
    }

    Selection selection(String intervention, StepRange window, StepRange donors, int items) {
        return selection(
                intervention,
                window,
                donors,
                IntStream.range(0, items)
                        .mapToObj(i -> new ItemRef(BENCHMARK, "i" + (items - 1 - i)))
                        .toList());
    }

    Selection selection(
            String intervention, StepRange window, StepRange donors, List<ItemRef> items) {
        var spec =
                InterventionSpec.newBuilder()
                        .setName(intervention)
                        .setRun(run)
                        .setSelect(
                                SelectSpec.newBuilder()
                                        .setBenchmark(BENCHMARK)
                                        .setRule("all")
                                        .build())
                        .setWindow(window)
                        .setMatch(CooccurrenceSpec.plain())
                        .setOperate(
                                List.of(
                                        new SwapSpec(
                                                new DonorsSpec(
                                                        donors.getFrom(),
                                                        donors.getTo(),
                                                        "selected"),
                                                null,
                                                null,
                                                null)))
                        .setArms(List.of("control", "treated", "placebo"))
                        .setRetrain(RetrainSpec.newBuilder().setReplicates(1).build())
                        .setMetrics(List.of("acc_raw"))
                        .setSeed(1)
                        .build();
        return Selection.newBuilder()
                .setIntervention(intervention)
                .setSpec(new SpecText(spec).yaml())
                .setItems(items)
                .setBenchmarkItems(Map.of(BENCHMARK, ITEMS))
                .build();
    }

    private void publishStep(Transaction transaction, int partitions, long step, Random random) {
        var checksum = new CRC32C();
        for (int sequence = 0; sequence < SEQUENCES_PER_STEP; sequence++) {
            var tokens = new int[TOKENS];
            var spans = new ArrayList<DocumentSpan>();
            int start = 0;
            while (start < TOKENS) {
                int length = Math.min(random.nextInt(20), TOKENS - start);
                for (int i = 0; i < length; i++) {
                    tokens[start + i] = 2 + random.nextInt(WORDS);
                }
                var id = "d-%d-%d-%d".formatted(step, sequence, start);
                spans.add(new DocumentSpan(id, start, length));
                documents.put(
                        new DocumentRef(id, step, sequence, start, length),
                        IntStream.range(start, start + length)
                                .mapToObj(i -> word(tokens[i] - 2))
                                .collect(Collectors.joining(" ")));
                start += length + 1;
            }
            var packed = PackedTokens.pack(tokens, TokenWidth.U16);
            checksum.update(packed.duplicate());
            transaction.send(
                    TopicCatalogue.HISTORY,
                    (int) ((step * SEQUENCES_PER_STEP + sequence) % partitions),
                    step,
                    Keys.sequence(run, step, sequence),
                    new HistorySequence(run, step, sequence, TokenWidth.U16, packed, spans));
        }
        transaction.send(
                TopicCatalogue.MANIFESTS,
                Keys.join(run, step),
                new Manifest(run, new StepManifest(step, SEQUENCES_PER_STEP, checksum.getValue())));
    }

    private static RunManifest manifest(Path folder, int partitions, long steps)
            throws IOException {
        var file = folder.resolve("tokenizer.json");
        Files.writeString(file, tokenizerJson());
        try (var tokenizer = Tokenizer.ofFile(file)) {
            return new RunManifest(
                    SEQUENCES_PER_STEP,
                    TOKENS,
                    partitions,
                    WORDS + 2,
                    TokenWidth.U16,
                    0,
                    tokenizer.sha256(),
                    tokenizer.gzip(),
                    steps);
        }
    }

    private static String tokenizerJson() {
        var vocabulary =
                IntStream.range(0, WORDS)
                        .mapToObj(i -> "\"%s\": %d".formatted(word(i), i + 2))
                        .collect(Collectors.joining(", "));
        return """
        {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
         "normalizer": null, "pre_tokenizer": {"type": "WhitespaceSplit"},
         "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "unk_token": "<unk>",
                   "vocab": {"<eos>": 0, "<unk>": 1, %s}}}
        """
                .formatted(vocabulary);
    }

    private static String word(int i) {
        return "w" + i + "x";
    }

    private static Item item(int i) {
        return Item.newBuilder()
                .setBenchmark(BENCHMARK)
                .setId("i" + i)
                .setQuery("?")
                .setChoices(List.of("a", "b"))
                .setGold(0)
                .setSubject(word(2 * i))
                .setObject(word(2 * i + 1))
                .build();
    }
}
