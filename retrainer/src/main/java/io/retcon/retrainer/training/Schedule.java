package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;
import io.retcon.schemas.RefusedInput;

/**
 * The learning rate at a position; positions count from 1 in a fresh run. All shapes warm up
 * linearly: rate · position / warmup.
 */
sealed interface Schedule {
    double at(long position);

    static Schedule of(JsonSettings recipe) {
        double rate = recipe.number("learning_rate");
        long warmup = recipe.count("warmup_steps", 0);
        var shape = recipe.text("schedule", "cosine");
        if (shape.equals("constant")) {
            return new Constant(rate, warmup);
        }
        long end = recipe.positive("t_max");
        if (end <= warmup) {
            throw new RefusedInput(
                    "%s: t_max %d must be after warmup_steps %d"
                            .formatted(recipe.place(), end, warmup));
        }
        double last = rate * recipe.number("alpha_f", 0);
        return switch (shape) {
            case "cosine" -> new Cosine(rate, last, warmup, end);
            case "linear" -> new Linear(rate, last, warmup, end);
            default ->
                    throw new RefusedInput(
                            "%s: schedule '%s' is none of cosine, constant, linear"
                                    .formatted(recipe.place(), shape));
        };
    }

    /** {@code rate} for ever. */
    record Constant(double rate, long warmup) implements Schedule {
        @Override
        public double at(long position) {
            return position < warmup ? rate * position / warmup : rate;
        }
    }

    /** Half a cosine from {@code rate} at the end of the warm-up to {@code last} at {@code end}. */
    record Cosine(double rate, double last, long warmup, long end) implements Schedule {
        @Override
        public double at(long position) {
            if (position < warmup) {
                return rate * position / warmup;
            }
            double share = Math.min(1, (double) (position - warmup) / (end - warmup));
            return last + (rate - last) * (1 + StrictMath.cos(Math.PI * share)) / 2;
        }
    }

    /** A line from {@code rate} at the end of the warm-up to {@code last} at {@code end}. */
    record Linear(double rate, double last, long warmup, long end) implements Schedule {
        @Override
        public double at(long position) {
            if (position < warmup) {
                return rate * position / warmup;
            }
            double share = Math.min(1, (double) (position - warmup) / (end - warmup));
            return rate + (last - rate) * share;
        }
    }
}
