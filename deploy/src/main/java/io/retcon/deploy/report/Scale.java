package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A horizontal scale that always shows zero and ends at round numbers.
 *
 * @param low its left end
 * @param high its right end
 * @param tick distance between two labelled numbers
 */
public record Scale(double low, double high, double tick) {
    private static final double[] ROUND = {1, 2, 5, 10};

    static Scale around(List<Effect> effects) {
        var shown = effects.stream().flatMapToDouble(Scale::shown).summaryStatistics();
        return covering(Math.min(shown.getMin(), 0), Math.max(shown.getMax(), 0));
    }

    /** What an effect's mark covers: its estimate and, where it is known, its interval. */
    private static DoubleStream shown(Effect effect) {
        var estimated = new EstimatedEffect(effect);
        return DoubleStream.concat(
                estimated.estimate().stream().mapToDouble(Double::doubleValue),
                estimated.interval().stream()
                        .flatMapToDouble(i -> DoubleStream.of(i.low(), i.high())));
    }

    /** The scale with about five ticks that covers everything from {@code low} to {@code high}. */
    static Scale covering(double low, double high) {
        double tick = round(Math.max(high - low, 0.05) / 5);
        double first = Math.floor(low / tick - 0.25) * tick;
        double last = Math.ceil(high / tick + 0.25) * tick;
        return new Scale(first, last, tick);
    }

    /** The scale from {@code low} to {@code high} and no further, with about five ticks. */
    static Scale from(double low, double high) {
        return new Scale(low, high, round(Math.max(high - low, 1e-9) / 5));
    }

    /** Where a value lies: 0 at the left end, 1 at the right one. */
    double place(double value) {
        return (value - low) / (high - low);
    }

    /** Multiples of the distance between two of them, none beyond an end. */
    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        long first = (long) Math.ceil(low / tick - 1e-9);
        long last = (long) Math.floor(high / tick + 1e-9);
        for (long i = first; i <= last; i++) {
            ticks.add(i * tick);
        }
        return ticks;
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below {@code value}. */
    private static double round(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double factor : ROUND) {
            if (factor * power >= value * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }
}
