package io.retcon.retrainer.model;

import io.retcon.retrainer.kernels.Floats;

import java.util.SplittableRandom;

/**
 * Weights of a model that has seen nothing: matrices normal with a given standard deviation, gains
 * 1, biases 0.
 */
final class FreshWeights {
    private FreshWeights() {}

    static void fill(ParameterLayout layout, Floats weights, double deviation, long seed) {
        var random = new SplittableRandom(seed);
        for (var parameter : layout.parameters()) {
            var own = random.split();
            if (parameter.shape().size() == 2) {
                normal(weights, parameter, deviation, own);
            } else if (parameter.name().endsWith(".weight")) {
                weights.fill(parameter.offset(), parameter.length(), 1);
            }
        }
    }

    /** Box and Muller's transform, in StrictMath so that every machine draws the same. */
    private static void normal(
            Floats weights, Parameter parameter, double deviation, SplittableRandom random) {
        for (long i = 0; i < parameter.length(); i += 2) {
            double radius = Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
            double angle = 2 * Math.PI * random.nextDouble();
            long at = parameter.offset() + i;
            weights.set(at, (float) (deviation * radius * StrictMath.cos(angle)));
            if (i + 1 < parameter.length()) {
                weights.set(at + 1, (float) (deviation * radius * StrictMath.sin(angle)));
            }
        }
    }
}
