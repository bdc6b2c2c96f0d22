package io.retcon.deploy.bench.crash;

import io.retcon.deploy.demo.WorldTokenizer;
import io.retcon.deploy.intervention.Publication;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.NpyWriter;
import io.retcon.schemas.history.TokenType;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;
import io.retcon.streams.ingest.HistoryImport;
import io.retcon.streams.ingest.HistoryShape;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * A made-up run with a checkpoint and scores, and interventions on it: one document in eight says
 * where a person lives. Always the same for a size.
 *
 * @param sequences of the window; the donors' has half as many
 * @param tokens a sequence
 */
record CrashWorld(int sequences, int tokens) {
    private static final String RUN = "crash";
    private static final String BENCHMARK = "lives-in";
    private static final int ITEMS = 50;
    private static final int FILLERS = 500;
    private static final int SEQUENCES_PER_STEP = 100;
    private static final int TELLING_IN = 8;

    CrashWorld {
        if (sequences < SEQUENCES_PER_STEP * 2 || tokens < 16) {
            throw new io.retcon.schemas.RefusedInput(
                    "there is too little to lose: say --sequences %d or more, --tokens 16 or more"
                            .formatted(2 * SEQUENCES_PER_STEP));
        }
    }

    private int steps() {
        return sequences / SEQUENCES_PER_STEP;
    }

    private int allSteps() {
        return steps() + steps() / 2;
    }

    /** Puts the history, the items, the checkpoint and its scores where the stages find them. */
    void publish(Cluster cluster, Path folder, LongConsumer progress) throws IOException {
        var tokenizerFile = folder.resolve("tokenizer.json");
        Files.writeString(tokenizerFile, tokenizer().json().toString());
        var tokens = Files.createDirectories(folder.resolve("tokens")).resolve("history.npy");
        NpyWriter.write(tokens, history(), TokenWidth.U16);
        var words = Tokenizer.ofFile(tokenizerFile);
        new HistoryImport(
                        cluster,
                        new HistoryShape(
                                RUN,
                                SEQUENCES_PER_STEP,
                                this.tokens,
                                words.vocabulary(),
                                words.eos().orElseThrow(),
                                Optional.of(words)),
                        Optional.of(TokenType.U16))
                .run(
                        List.of(tokens),
                        refused -> {
                            throw refused;
                        },
                        progress);
        try (var transaction = new Transaction(cluster, "crash-world")) {
            for (int i = 0; i < ITEMS; i++) {
                var item = item(i);
                transaction.send(TopicCatalogue.ITEMS, Keys.item(BENCHMARK, item.getId()), item);
                transaction.send(
                        TopicCatalogue.SCORES,
                        Keys.join(RUN, 0, BENCHMARK, item.getId()),
                        score(item));
            }
            var checkpoint = checkpoint();
            transaction.send(TopicCatalogue.CHECKPOINTS, Keys.checkpoint(checkpoint), checkpoint);
            transaction.commit();
        }
    }

    /** Publishes intervention {@code number} and returns its id. */
    String intervene(Cluster cluster, int number) {
        var spec =
                """
                name: crash-%d
                run: %s
                select:  { benchmark: %s, rule: all }
                window:  { from: 0, to: %d }
                match:   { matcher: cooccurrence }
                operate: { operation: swap, donors: { from: %d, to: %d }, shortage: leave }
                arms:    [control, treated, placebo]
                retrain: { replicates: 1, engine: nd4j }
                measure: { metrics: [acc_raw] }
                seed:    %d
                """
                        .formatted(number, RUN, BENCHMARK, steps(), steps(), allSteps(), number);
        return new Publication(cluster).publish(new SpecReader().read(spec)).getId();
    }

    private int[][] history() {
        var random = new SplittableRandom(1);
        return IntStream.range(0, allSteps() * SEQUENCES_PER_STEP)
                .mapToObj(s -> sequence(random))
                .toArray(int[][]::new);
    }

    /** Documents of 5 to 12 words, an EOS token after each; the last one is cut. */
    private int[] sequence(SplittableRandom random) {
        var sequence = new int[tokens];
        for (int start = 0; start < tokens; ) {
            int length = Math.min(5 + random.nextInt(8), tokens - start);
            for (int i = start; i < start + length; i++) {
                sequence[i] = token(2 * ITEMS + random.nextInt(FILLERS));
            }
            if (random.nextInt(TELLING_IN) == 0 && length >= 2) {
                int item = random.nextInt(ITEMS);
                sequence[start] = token(2 * item);
                sequence[start + length - 1] = token(2 * item + 1);
            }
            start += length + 1;
        }
        return sequence;
    }

    /** Tokens 0 and 1 are special. */
    private static int token(int word) {
        return word + 2;
    }

    private static WorldTokenizer tokenizer() {
        var words = new ArrayList<String>();
        for (int i = 0; i < ITEMS; i++) {
            words.add("Person%03d".formatted(i));
            words.add("Town%03d".formatted(i));
        }
        for (int i = 0; i < FILLERS; i++) {
            words.add("word%03d".formatted(i));
        }
        return new WorldTokenizer(words);
    }

    private static Item item(int number) {
        var subject = "Person%03d".formatted(number);
        var object = "Town%03d".formatted(number);
        return Item.newBuilder()
                .setBenchmark(BENCHMARK)
                .setId("item-%03d".formatted(number))
                .setQuery(subject + " lives in")
                .setChoices(List.of(object, "Town%03d".formatted((number + 1) % ITEMS)))
                .setGold(0)
                .setSubject(subject)
                .setObject(object)
                .build();
    }

    private static Score score(Item item) {
        return Score.newBuilder()
                .setRun(RUN)
                .setStep(0)
                .setBenchmark(BENCHMARK)
                .setItem(item.getId())
                .setChoices(
                        List.of(
                                new ChoiceScore(-1.0, 1, 7, null),
                                new ChoiceScore(-2.0, 1, 7, null)))
                .setGold(0)
                .setCorrect(Map.of("acc_raw", true))
                .setMargin(1)
                .build();
    }

    private static Checkpoint checkpoint() {
        return Checkpoint.newBuilder()
                .setRun(RUN)
                .setStep(0)
                .setLocation("nowhere")
                .setSha256(Sha256.of(RUN))
                .setEngine("none")
                .setThreads(1)
                .setEvaluations(List.of(new Evaluation(BENCHMARK, ITEMS, 0)))
                .build();
    }
}
