package io.retcon.deploy.dashboard.browser;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.demo.World;
import io.retcon.deploy.demo.WorldRun;
import io.retcon.deploy.demo.WorldSize;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.spec.SpecReader;

import java.io.IOException;
import java.nio.file.Path;

/** The whole stack with a world so small that its run and an intervention take seconds. */
final class SmallWorld implements AutoCloseable {
    static final String RUN = "small";
    static final String SPEC =
            """
            name: without-cooccurrence
            run: %s
            select: { benchmark: %s, rule: all }
            window: { from: 80, to: 120 }
            match: { matcher: cooccurrence }
            operate: { operation: swap, donors: { from: 120, to: 160 }, shortage: leave }
            arms: [control, treated, placebo]
            dose: [0.5]
            retrain: { replicates: 2, engine: nd4j }
            measure: { metrics: [acc_raw, margin] }
            """
                    .formatted(RUN, World.BENCHMARK);

    private static final WorldSize SIZE = new WorldSize(4, 8, 8, 40, 8, 48, 60, 4, 2, 1, 2);

    private final ShownStack shown;

    private SmallWorld(ShownStack shown) {
        this.shown = requireNonNull(shown, "shown is null");
    }

    /** Returns when its original run is trained and evaluated. */
    static SmallWorld start(Path folder) throws IOException {
        var shown = ShownStack.start(folder, Stages.all());
        try (var line = ProgressLine.onStandardError()) {
            new WorldRun(shown.cluster(), folder, World.of(SIZE, 1), RUN, line).train();
        } catch (IOException | RuntimeException e) {
            shown.close();
            throw e;
        }
        return new SmallWorld(shown);
    }

    ShownStack shown() {
        return shown;
    }

    /** Of the spec, published if it is not there yet. */
    Effects effects() {
        try (var line = ProgressLine.onStandardError()) {
            var intervention =
                    new Publication(shown.cluster()).publish(new SpecReader().read(SPEC));
            return new Follow(shown.cluster(), line).effectsOf(intervention.getId());
        }
    }

    @Override
    public void close() {
        shown.close();
    }
}
