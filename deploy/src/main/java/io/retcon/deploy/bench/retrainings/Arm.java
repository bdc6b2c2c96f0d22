package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.history.StepReader;
import io.retcon.retrainer.history.StepTokens;
import io.retcon.schemas.Sha256;
import io.retcon.schemas.history.Window;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The tokens that an arm trains on, in memory.
 *
 * @param steps of the window, in history's order
 */
record Arm(String name, Window window, List<StepTokens> steps) {
    Arm {
        requireNonNull(name, "name is null");
        requireNonNull(window, "window is null");
        steps = List.copyOf(steps);
        if (steps.size() != window.steps()) {
            throw new IllegalArgumentException(
                    "%d steps of a window of %d".formatted(steps.size(), window.steps()));
        }
    }

    static Arm read(String name, Window window, StepReader reader) {
        var steps = new ArrayList<StepTokens>();
        while (steps.size() < window.steps()) {
            steps.add(reader.next());
        }
        reader.finish();
        return new Arm(name, window, steps);
    }

    /** By the history step. */
    StepTokens step(long step) {
        return steps.get(Math.toIntExact(step - window.from()));
    }

    /** Of the tokens and of those that the loss ignores. */
    String sha256() {
        var sha = new Sha256();
        for (var step : steps) {
            for (int[] sequence : step.sequences()) {
                var bytes = ByteBuffer.allocate(sequence.length * Integer.BYTES);
                bytes.asIntBuffer().put(sequence);
                sha.update(bytes);
            }
            sha.update(step.masked().toString());
        }
        return sha.hex();
    }
}
