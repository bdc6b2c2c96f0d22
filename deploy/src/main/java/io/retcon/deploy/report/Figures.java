package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;

import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class Figures {
    private static final String NONE = "–";

    private Figures() {}

    /** With a sign (a real minus) and two decimals: −0.88, +0.03, 0.00. */
    public static String signed(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        var digits = digits(Math.abs(value));
        if (digits.equals("0.00")) {
            return digits;
        }
        return (value < 0 ? "−" : "+") + digits;
    }

    /** Without a plus: −1.25, 0.97. */
    public static String plain(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
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

    /** An estimate and its interval: −0.88 [−0.97, −0.75]; or which of them there is not. */
    public static String withInterval(Effect effect) {
        if (!Panel.isEstimated(effect)) {
            return "not estimated";
        }
        if (!Panel.hasInterval(effect)) {
            return signed(effect.getEstimate()) + " [no interval]";
        }
        return "%s [%s, %s]"
                .formatted(
                        signed(effect.getEstimate()),
                        signed(effect.getLow()),
                        signed(effect.getHigh()));
    }

    /** A p-value: 0.004, or < 0.001. */
    public static String p(double p) {
        if (Double.isNaN(p)) {
            return NONE;
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
