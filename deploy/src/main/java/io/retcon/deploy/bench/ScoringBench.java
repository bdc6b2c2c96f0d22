package io.retcon.deploy.bench;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.Question;
import io.retcon.retrainer.evaluation.Scorer;
import io.retcon.retrainer.model.LanguageModel;
import io.retcon.retrainer.model.ModelConfig;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Scoring choices on the small model, beside PyTorch as lm-evaluation-harness uses it: a row for
 * each context with each of its choices, sorted by length, padded, in batches.
 */
final class ScoringBench {
    private static final TrainingShape SHAPE = TrainingShape.SMALL;
    private static final int ITEMS = 60;

    private ScoringBench() {}

    static Measurement measure(
            List<Question> questions,
            Compute compute,
            int rounds,
            Optional<TorchPeer> peer,
            Clock clock) {
        var result = new Rounds();
        long peerMemory = 0;
        var config = ModelConfig.parse(SHAPE.configJson(), "the benchmark");
        try (var model = LanguageModel.fresh(config, 1);
                var scorer = new Scorer(model, compute)) {
            scorer.logLikelihoods(questions);
            for (int round = 0; round < rounds; round++) {
                long start = clock.nanos();
                scorer.logLikelihoods(questions);
                double rate = questions.size() * 1e9 / (clock.nanos() - start);
                if (peer.isPresent()) {
                    var said = peer.get().score(SHAPE, questions, compute.threads(), clock);
                    result.add(rate, said.rate());
                    peerMemory = Math.max(peerMemory, said.memoryBytes());
                } else {
                    result.add(rate);
                }
            }
        }
        return result.measurement(
                "score/%s/%d threads".formatted(SHAPE.name(), compute.threads()),
                clock.unit("items"),
                peer.map(TorchPeer::name).orElse("none"),
                peerMemory,
                "%d choices an item"
                        .formatted(
                                questions.stream().mapToInt(q -> q.choices().size()).sum()
                                        / questions.size()));
    }

    /** As many choices and tokens as ParaRel's items have, drawn at random. */
    static List<Question> generated() {
        var random = new SplittableRandom(1);
        return Stream.generate(
                        () ->
                                new Question(
                                        tokens(random, 4 + random.nextInt(8)),
                                        Stream.generate(() -> tokens(random, 1 + random.nextInt(3)))
                                                .limit(20 + random.nextInt(200))
                                                .toList()))
                .limit(ITEMS)
                .toList();
    }

    private static int[] tokens(SplittableRandom random, int count) {
        return random.ints(count, 0, SHAPE.vocabulary()).toArray();
    }

    /**
     * The files' items, spread evenly over them, with the tokenizer's ids modulo the model's
     * vocabulary.
     */
    static List<Question> ofFiles(List<Path> files, Path tokenizer) {
        var items = new ArrayList<Item>();
        files.forEach(
                file ->
                        new ItemFile(file)
                                .read(
                                        items::add,
                                        refused -> {
                                            throw refused;
                                        }));
        int count = Math.min(ITEMS, items.size());
        try (var opened = Tokenizer.ofFile(tokenizer)) {
            var tokens = new ItemTokens(opened, opened.eos().orElse(0));
            return IntStream.range(0, count)
                    .mapToObj(i -> items.get((int) ((long) i * items.size() / count)))
                    .map(tokens::question)
                    .map(
                            q ->
                                    new Question(
                                            folded(q.context()),
                                            q.choices().stream()
                                                    .map(ScoringBench::folded)
                                                    .toList()))
                    .toList();
        }
    }

    private static int[] folded(int[] tokens) {
        return Arrays.stream(tokens).map(token -> token % SHAPE.vocabulary()).toArray();
    }
}
