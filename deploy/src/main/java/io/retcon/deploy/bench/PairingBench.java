package io.retcon.deploy.bench;

import io.retcon.schemas.record.DocumentRef;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Finding a donor of the right length for each of many documents. */
record PairingBench(int targets, int donors) {
    private static final int TOKENS = 4096;
    private static final double MOST_SECONDS = 5;

    /** Processor seconds, from the matches to the plan. */
    Measurement measure() {
        var shape = new SwapShape(2, 1, TOKENS, 1, 1);
        var random = new SplittableRandom(shape.seed());
        var window = new SwapWindow(null, 0, shape, documents(targets, 0, random));
        var others = new SwapWindow(null, 2, shape, documents(donors, 2, random));
        var swap = new Swap("pairing", window, 2, others, window.documents());
        var matches = swap.matches();
        swap.plan(matches);
        var timer = new CpuTimer();
        long start = System.nanoTime();
        var plan = timer.time(() -> swap.plan(matches));
        double wall = (System.nanoTime() - start) / 1e9;
        var rounds = new Rounds();
        rounds.add(timer.seconds());
        return rounds.measurement(
                "rewrite/pairing",
                "s",
                "none",
                0,
                "%,d of %,d documents, %,d donors, %.1f s by the clock; at most %.0f s: drawing an order of equally long ones"
                        .formatted(plan.changes().size(), targets, donors, wall, MOST_SECONDS));
    }

    /** A document a sequence, of any length. */
    private static List<DocumentRef> documents(int count, long step, SplittableRandom random) {
        var documents = new ArrayList<DocumentRef>();
        for (int i = 0; i < count; i++) {
            documents.add(
                    new DocumentRef(
                            step + "." + i + ".0", step, i, 0, random.nextInt(1, TOKENS + 1)));
        }
        return documents;
    }
}
