package io.retcon.deploy.bench.calibration;

import java.util.random.RandomGenerator;

/** Random values of mean 0 and standard deviation 1, by the shape of their distribution. */
enum Draws {
    NORMAL {
        @Override
        double draw(RandomGenerator random) {
            return random.nextGaussian();
        }
    },
    /** Student's with five degrees of freedom. */
    HEAVY_TAILED {
        @Override
        double draw(RandomGenerator random) {
            double squares = 0;
            for (int i = 0; i < DEGREES; i++) {
                double z = random.nextGaussian();
                squares += z * z;
            }
            return random.nextGaussian() * Math.sqrt((DEGREES - 2) / squares);
        }
    },
    /** Exponential: most a little below 0, few far above. */
    SKEWED {
        @Override
        double draw(RandomGenerator random) {
            return random.nextExponential() - 1;
        }
    };

    private static final int DEGREES = 5;

    abstract double draw(RandomGenerator random);

    /** Beta by two gammas (Marsaglia and Tsang, <i>ACM TOMS</i> 26, 2000). */
    static double beta(double a, double b, RandomGenerator random) {
        double one = gamma(a, random);
        return one / (one + gamma(b, random));
    }

    private static double gamma(double shape, RandomGenerator random) {
        if (shape < 1) {
            return gamma(shape + 1, random) * Math.pow(random.nextDouble(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double z = random.nextGaussian();
            double v = 1 + c * z;
            double cubed = v * v * v;
            if (v > 0
                    && Math.log(1 - random.nextDouble())
                            < z * z / 2 + d - d * cubed + d * Math.log(cubed)) {
                return d * cubed;
            }
        }
    }
}
