package io.retcon.retrainer.retraining;

import io.retcon.retrainer.training.Trainer;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;

import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** The part of a retraining that a replicate's seed changes. Pure. */
public sealed interface Variation {
    /**
     * @param vary order or jitter, as the spec says it
     */
    static Variation of(String vary, long seed) {
        return switch (vary) {
            case "order" -> new Order(seed);
            case "jitter" -> new Jitter(seed);
            default -> throw new RefusedInput("vary '%s' is none of order, jitter".formatted(vary));
        };
    }

    /** Changes the weights before the first step. */
    void perturb(Trainer trainer);

    /** The window's steps in the order in which they are trained on. */
    long[] order(Window window);

    /** The steps in a seeded permutation; the learning rate follows the place, not the step. */
    record Order(long seed) implements Variation {
        @Override
        public void perturb(Trainer trainer) {}

        @Override
        public long[] order(Window window) {
            var steps = LongStream.range(window.from(), window.to()).toArray();
            var random = new SplittableRandom(seed);
            for (int i = steps.length - 1; i > 0; i--) {
                int j = random.nextInt(i + 1);
                long swapped = steps[i];
                steps[i] = steps[j];
                steps[j] = swapped;
            }
            return steps;
        }
    }

    /** Every starting weight moved by up to a millionth of itself. */
    record Jitter(long seed) implements Variation {
        private static final double RELATIVE = 1e-6;

        @Override
        public void perturb(Trainer trainer) {
            trainer.jitter(seed, RELATIVE);
        }

        @Override
        public long[] order(Window window) {
            return LongStream.range(window.from(), window.to()).toArray();
        }
    }
}
