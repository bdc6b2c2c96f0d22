package io.retcon.deploy.demo;

import io.retcon.schemas.history.Window;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How large a world is.
 *
 * @param windows windows, one after another from step 0
 * @param factsPerWindow facts that each window teaches
 * @param towns towns, at least as many as facts a window
 * @param stepsPerWindow steps of each window
 * @param sequencesPerStep sequences a step (B)
 * @param tokensPerSequence tokens a sequence (T)
 * @param statements documents that state a fact in the window that teaches it
 * @param restatements documents that state a fact in each later window
 * @param decoys documents that name a fact's subject and object in the window that teaches it, and
 *     state something else
 * @param withoutSubject documents that state a fact without its subject in the window that teaches
 *     it
 * @param treated the window that the intervention rewrites, from 0
 */
public record WorldSize(
        int windows,
        int factsPerWindow,
        int towns,
        int stepsPerWindow,
        int sequencesPerStep,
        int tokensPerSequence,
        int statements,
        int restatements,
        int decoys,
        int withoutSubject,
        int treated) {

    public WorldSize {
        if (treated < 1 || treated > windows - 2) {
            throw new IllegalArgumentException(
                    "window %d of %d has no window on either side".formatted(treated, windows));
        }
        if (towns < factsPerWindow) {
            throw new IllegalArgumentException(
                    "%d facts a window need as many towns, not %d"
                            .formatted(factsPerWindow, towns));
        }
    }

    /** The demo's world: about a minute and a half of training on two cores. */
    public static WorldSize full() {
        return new WorldSize(6, 24, 24, 100, 8, 48, 64, 8, 6, 3, 3);
    }

    /** A smaller world of the same kind, for {@code --quick} and tests of the whole loop. */
    public static WorldSize quick() {
        return new WorldSize(4, 16, 16, 90, 8, 48, 80, 8, 6, 3, 2);
    }

    public int facts() {
        return windows * factsPerWindow;
    }

    public long steps() {
        return (long) windows * stepsPerWindow;
    }

    /** The history steps of one window. */
    public Window window(int index) {
        return new Window((long) index * stepsPerWindow, (index + 1L) * stepsPerWindow);
    }

    /** Steps after which the original run is evaluated: 0 and the end of every window. */
    public List<Long> checkpoints() {
        return IntStream.rangeClosed(0, windows).mapToObj(w -> (long) w * stepsPerWindow).toList();
    }
}
