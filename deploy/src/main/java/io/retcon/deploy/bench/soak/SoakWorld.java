package io.retcon.deploy.bench.soak;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldRun;
import io.retcon.deploy.demo.WorldSize;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A world so small that an intervention on it takes seconds, and the same intervention by many
 * names.
 */
final class SoakWorld {
    private static final String RUN = "soak";
    private static final WorldSize SIZE = new WorldSize(3, 6, 6, 20, 4, 48, 12, 2, 1, 1, 1);

    private SoakWorld() {}

    /** Blocks until the original run is trained and evaluated. */
    static void train(Cluster cluster, Path folder, ProgressLine line) throws IOException {
        new WorldRun(cluster, folder, World.of(SIZE, 1), RUN, line).train();
    }

    /** Every round's spec asks for the same under a name of its own, so all effects are equal. */
    static InterventionSpec spec(int round) {
        var window = SIZE.window(SIZE.treated());
        var donors = SIZE.window(SIZE.treated() + 1);
        return new SpecReader()
                .read(
                        """
                        name: soak-%d
                        run: %s
                        select: { benchmark: %s, rule: all }
                        window: { from: %d, to: %d }
                        match: { matcher: cooccurrence }
                        operate: { operation: swap, donors: { from: %d, to: %d }, shortage: leave }
                        arms: [control, treated]
                        retrain: { replicates: 1, engine: nd4j }
                        measure: { metrics: [acc_raw, margin] }
                        """
                                .formatted(
                                        round,
                                        RUN,
                                        World.BENCHMARK,
                                        window.from(),
                                        window.to(),
                                        donors.from(),
                                        donors.to()));
    }
}
