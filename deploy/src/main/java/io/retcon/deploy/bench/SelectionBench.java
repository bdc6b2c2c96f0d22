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
    private static final String RUN = "bench";
    private static final String BENCHMARK = "bench/items";
    private static final double TARGET = 50_000;
    private static final Duration POLL = Duration.ofMillis(20);
    private static final String SPEC =
            """
            name: bench
            run: bench
            select: { benchmark: bench/items, rule: learnable, checkpoints: %s }
            window: { from: 0, to: 1 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    Measurement measure(Path folder, ProgressLine line) {
        line.stage("starting a broker");
        try (var data = DataFolder.claim(folder.resolve("data"));
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {})) {
            line.stage("publishing scores");
            publish(stack.cluster());
            line.stage("selecting");
            long start = System.nanoTime();
            try (var running =
                    Components.start(
                            List.of(Stages.selection()),
                            stack.cluster(),
                            data.path(),
                            part -> {})) {
                await(stack.cluster(), running);
                double rate = items * (long) checkpoints / ((System.nanoTime() - start) / 1e9);
                return new Measurement(
                        "effects/selection",
                        rate,
                        Optional.of(TARGET),
                        "target",
                        "scores/s",
                        Optional.of(rate / TARGET),
                        PeakMemory.bytes(),
                        Optional.empty(),
                        "from the start of the topology to the selection, %d scores of %d items; memory is the peak of the process, with the broker"
                                .formatted(items * (long) checkpoints, items));
            }
        }
    }

    private void publish(Cluster cluster) {
        try (var transaction = new Transaction(cluster, "bench-scores")) {
            var spec = SPEC.formatted(IntStream.range(0, checkpoints).boxed().toList());
            transaction.send(
                    TopicCatalogue.INTERVENTIONS, RUN, new Intervention(RUN, "bench", spec));
            for (int step = 0; step < checkpoints; step++) {
                transaction.send(
                        TopicCatalogue.CHECKPOINTS, Keys.join(RUN, step), checkpoint(step));
                for (int item = 0; item < items; item++) {
                    transaction.send(
                            TopicCatalogue.SCORES,
                            Keys.join(RUN, step, BENCHMARK, item),
                            score(step, item));
                }
                transaction.commit();
            }
        }
    }

    private Checkpoint checkpoint(long step) {
        return Checkpoint.newBuilder()
                .setRun(RUN)
                .setStep(step)
                .setLocation("nowhere")
                .setSha256("none")
                .setEngine("none")
                .setThreads(1)
                .setEvaluations(List.of(new Evaluation(BENCHMARK, items, 0)))
                .build();
    }

    private Score score(long step, int item) {
        boolean right = step > item % checkpoints;
        return Score.newBuilder()
                .setRun(RUN)
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

    private static void await(Cluster cluster, Components running) {
        while (TopicTable.read(cluster, TopicCatalogue.SELECTIONS).isEmpty()) {
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
