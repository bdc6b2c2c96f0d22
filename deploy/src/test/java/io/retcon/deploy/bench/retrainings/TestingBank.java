package io.retcon.deploy.bench.retrainings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Banks of made-up retrainings. */
final class TestingBank {
    static final String SPEC =
            """
            name: made-up
            run: world
            select: { benchmark: world/born-in, rule: all }
            window: { from: 10, to: 20 }
            match: { matcher: cooccurrence }
            operate: { operation: swap, donors: { from: 20, to: 30 } }
            arms: [control, treated, placebo]
            retrain: { replicates: 3 }
            measure: { metrics: [acc_raw, margin] }
            """;
    static final BankOrigin ORIGIN =
            new BankOrigin(
                    "made-up world",
                    SPEC,
                    "00ff",
                    1,
                    Map.of("control", "aa", "treated", "bb"),
                    IntStream.range(0, 12).mapToObj(item -> "item-" + item).toList(),
                    IntStream.range(0, 8).mapToObj(item -> "item-" + item).toList());

    private TestingBank() {}

    /**
     * Margins around 1, with noise of each retraining and of each item in it.
     *
     * @param effect on the margins of the treated arm's selected items
     */
    static Bank random(Random random, int retrainings, double effect) {
        var replicates = new ArrayList<Replicate>();
        for (var arm : List.of("control", "treated")) {
            for (int r = 0; r < retrainings; r++) {
                double shift = 0.3 * random.nextGaussian();
                var margins = new ArrayList<Double>();
                for (int item = 0; item < ORIGIN.items().size(); item++) {
                    double moved = arm.equals("treated") && item < 8 ? effect : 0;
                    margins.add(1 + moved + shift + 0.3 * random.nextGaussian());
                }
                replicates.add(replicate(arm, r, margins));
            }
        }
        return new Bank(ORIGIN, replicates);
    }

    static Replicate replicate(String arm, int replicate, List<Double> margins) {
        var right = margins.stream().map(m -> m > 0 ? "1" : "0").collect(Collectors.joining());
        return new Replicate(arm, replicate, right, margins);
    }
}
