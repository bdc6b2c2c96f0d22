package io.retcon.retrainer.training;

import io.retcon.retrainer.model.JsonSettings;
import io.retcon.schemas.RefusedInput;

/**
 * The learning rate at a position, which counts steps or tokens, from 1 in a fresh run. All shapes
 * begin with a {@link Warmup}.
 */
sealed interface Schedule {
    double at(long position);

    /** The keys of a recipe that say so, in {@code unit}. */
    static Schedule of(JsonSettings recipe, Unit unit) {
        var warmup = Warmup.of(recipe, unit);
        double rate = recipe.number("learning_rate");
        var shape = recipe.text("schedule", "cosine");
        if (shape.equals("constant")) {
            return new Constant(rate, warmup);
        }
        long end = unit.count(recipe, unit.end);
        if (end <= warmup.end()) {
            throw new RefusedInput(
                    "%s: %s %d must be after %s %d"
                            .formatted(recipe.place(), unit.end, end, unit.warmup, warmup.end()));
        }
        double last = rate * recipe.share("alpha_f", 0);
        return switch (shape) {
            case "cosine" -> new Cosine(rate, last, warmup, end);
            case "linear" -> new Linear(rate, last, warmup, end);
            default ->
                    throw new RefusedInput(
                            "%s: schedule '%s' is none of cosine, constant, linear"
                                    .formatted(recipe.place(), shape));
        };
    }

    /** What positions count, and the keys of a recipe that say where its parts end. */
    enum Unit {
        STEPS("warmup_steps", "t_max"),
        TOKENS("warmup_tokens", "t_max_tokens");

        private final String warmup;
        private final String end;

        Unit(String warmup, String end) {
            this.warmup = warmup;
            this.end = end;
        }

        /** Tokens where the recipe names an end in tokens; both at once are refused. */
        static Unit of(JsonSettings recipe) {
            boolean tokens = recipe.has(TOKENS.warmup) || recipe.has(TOKENS.end);
            if (tokens && (recipe.has(STEPS.warmup) || recipe.has(STEPS.end))) {
                throw new RefusedInput(
                        "%s: it counts its schedule in steps and in tokens: give one of both"
                                .formatted(recipe.place()));
            }
            return tokens ? TOKENS : STEPS;
        }

        private long count(JsonSettings recipe, String key) {
            if (!recipe.has(key)) {
                throw new RefusedInput("%s: '%s' is missing".formatted(recipe.place(), key));
            }
            return recipe.count(key, 0);
        }
    }

    /** A line from {@code first} at position 0 to {@code rate} at {@code end}. */
    record Warmup(double first, double rate, long end) {
        static Warmup of(JsonSettings recipe, Unit unit) {
            double rate = recipe.number("learning_rate");
            double first = recipe.number("warmup_min_lr", 0);
            if (first > rate) {
                throw new RefusedInput(
                        "%s: warmup_min_lr %s is above learning_rate %s"
                                .formatted(recipe.place(), first, rate));
            }
            return new Warmup(first, rate, recipe.count(unit.warmup, 0));
        }

        boolean covers(long position) {
            return position < end;
        }

        double at(long position) {
            return first + (rate - first) * position / end;
        }

        /** How much of the way from the warm-up's end to {@code last} is gone, 0 to 1. */
        double share(long position, long last) {
            return Math.min(1, (double) (position - end) / (last - end));
        }
    }

    /** {@code rate} for ever. */
    record Constant(double rate, Warmup warmup) implements Schedule {
        @Override
        public double at(long position) {
            return warmup.covers(position) ? warmup.at(position) : rate;
        }
    }

    /** Half a cosine from {@code rate} at the end of the warm-up to {@code last} at {@code end}. */
    record Cosine(double rate, double last, Warmup warmup, long end) implements Schedule {
        @Override
        public double at(long position) {
            if (warmup.covers(position)) {
                return warmup.at(position);
            }
            double share = warmup.share(position, end);
            return last + (rate - last) * (1 + StrictMath.cos(Math.PI * share)) / 2;
        }
    }

    /** A line from {@code rate} at the end of the warm-up to {@code last} at {@code end}. */
    record Linear(double rate, double last, Warmup warmup, long end) implements Schedule {
        @Override
        public double at(long position) {
            return warmup.covers(position)
                    ? warmup.at(position)
                    : rate + (last - rate) * warmup.share(position, end);
        }
    }
}
