package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;

import java.util.ArrayList;
import java.util.List;

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
        double low = effects.stream().mapToDouble(Effect::getLow).min().orElse(0);
        double high = effects.stream().mapToDouble(Effect::getHigh).max().orElse(0);
        return covering(Math.min(low, 0), Math.max(high, 0));
    }

    /** The scale with about five ticks that covers everything from {@code low} to {@code high}. */
    static Scale covering(double low, double high) {
        double tick = round(Math.max(high - low, 0.05) / 5);
        double first = Math.floor(low / tick - 0.25) * tick;
        double last = Math.ceil(high / tick + 0.25) * tick;
        return new Scale(first, last, tick);
    }

    /** Where a value lies: 0 at the left end, 1 at the right one. */
    double place(double value) {
        return (value - low) / (high - low);
    }

    List<Double> ticks() {
        var ticks = new ArrayList<Double>();
        int count = (int) Math.round((high - low) / tick);
        for (int i = 0; i <= count; i++) {
            ticks.add(low + i * tick);
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
