package io.retcon.deploy.bench;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.stack.Components;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.ChoiceScore;
import io.retcon.schemas.record.Evaluation;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Scores of a run's checkpoints through a broker in this process, to the selection that waits for
 * the last of them.
 *
 * @param items scored at each checkpoint
 */
record SelectionBench(int items, int checkpoints) {
    private static final String BENCHMARK = "bench/items";
    private static final double TARGET = 50_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String SPEC =
            """
            name: bench
            run: %s
            select: { benchmark: bench/items, rule: learnable, checkpoints: %s }
            window: { from: 0, to: 1 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    Measurement measure(Path folder, ProgressLine line) {
        line.stage("starting a broker");
        try (var data = DataFolder.claim(folder.resolve("data"));
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {});
                var running =
                        Components.start(
                                List.of(Stages.selection()),
                                stack.cluster(),
                                data.path(),
                                part -> {})) {
            seconds("warm", stack.cluster(), running, line);
            double rate =
                    items * (long) checkpoints / seconds("bench", stack.cluster(), running, line);
            return new Measurement(
                    "effects/selection",
                    rate,
                    Optional.of(TARGET),
                    "target",
                    "scores/s",
                    Optional.of(rate / TARGET),
                    PeakMemory.bytes(),
                    Optional.empty(),
                    "from when the scores are visible to the selection, %d scores of %d items, by a topology that has read as many before; memory is the peak of the process, with the broker"
                            .formatted(items * (long) checkpoints, items));
        }
    }

    private double seconds(String run, Cluster cluster, Components running, ProgressLine line) {
        line.stage("publishing scores");
        try (var transaction = new Transaction(cluster, "bench-scores")) {
            send(run, transaction);
            line.stage("selecting");
            long start = System.nanoTime();
            transaction.commit();
            await(run, cluster, running);
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private void send(String run, Transaction transaction) {
        var spec = SPEC.formatted(run, IntStream.range(0, checkpoints).boxed().toList());
        transaction.send(TopicCatalogue.INTERVENTIONS, run, new Intervention(run, run, spec));
        for (int step = 0; step < checkpoints; step++) {
            transaction.send(
                    TopicCatalogue.CHECKPOINTS, Keys.join(run, step), checkpoint(run, step));
            for (int item = 0; item < items; item++) {
                transaction.send(
                        TopicCatalogue.SCORES,
                        Keys.join(run, step, BENCHMARK, item),
                        score(run, step, item));
            }
        }
    }

    private Checkpoint checkpoint(String run, long step) {
        return Checkpoint.newBuilder()
                .setRun(run)
                .setStep(step)
                .setLocation("nowhere")
                .setSha256("none")
                .setEngine("none")
                .setThreads(1)
                .setEvaluations(List.of(new Evaluation(BENCHMARK, items, 0)))
                .build();
    }

    private Score score(String run, long step, int item) {
        boolean right = step > item % checkpoints;
        return Score.newBuilder()
                .setRun(run)
                .setStep(step)
                .setBenchmark(BENCHMARK)
                .setItem("item-" + item)
                .setChoices(
                        List.of(
                                new ChoiceScore(-1.0, 1, 7, null),
                                new ChoiceScore(-2.0, 1, 7, null)))
                .setGold(0)
                .setCorrect(Map.of("acc_raw", right))
                .setMargin(right ? 1 : -1)
                .build();
    }

    private static void await(String run, Cluster cluster, Components running) {
        while (!TopicTable.read(cluster, TopicCatalogue.SELECTIONS).containsKey(run)) {
            if (running.ended().isCompletedExceptionally()) {
                running.ended().join();
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
