package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** With a sign (a real minus) and two decimals: −0.88, +0.03, 0.00. */
    public static String signed(double value) {
        var digits = digits(Math.abs(value));
        if (digits.equals("0.00")) {
            return digits;
        }
        return (value < 0 ? "−" : "+") + digits;
    }

    /** Without a plus: −1.25, 0.97. */
    public static String plain(double value) {
        var digits = digits(Math.abs(value));
        return value < 0 && !digits.equals("0.00") ? "−" + digits : digits;
    }

    /** A share as a percentage without decimals: 97 %. */
    public static String percent(double share) {
        return "%s %%".formatted(points(share));
    }

    /** A share's size in percentage points: 88. */
    public static String points(double share) {
        return "%.0f".formatted(Math.abs(share) * 100);
    }

    /** An estimate and its interval: −0.88 [−0.97, −0.75]; or what there is none of. */
    public static String withInterval(Effect effect) {
        if (!Panel.isEstimated(effect)) {
            return "not estimated";
        }
        return signed(effect.getEstimate())
                + new EstimatedEffect(effect)
                        .interval()
                        .map(i -> " [%s, %s]".formatted(signed(i.low()), signed(i.high())))
                        .orElse(" [no interval]");
    }

    /** A p-value: 0.004, or < 0.001; a dash where none is known. */
    public static String p(double p) {
        if (Double.isNaN(p)) {
            return "–";
        }
        return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
    }

    /** A count with its unit, which takes an s for any count but one: 1,505 documents. */
    public static String count(long count, String unit) {
        return String.format(Locale.ROOT, "%,d %s%s", count, unit, count == 1 ? "" : "s");
    }

    private static String digits(double magnitude) {
        return String.format(Locale.ROOT, "%.2f", magnitude);
    }
}
