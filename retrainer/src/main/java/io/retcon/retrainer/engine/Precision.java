package io.retcon.retrainer.engine;

import io.retcon.schemas.RefusedInput;

import java.util.Locale;

/** What numbers products are computed in; weights and moments are 32-bit floats in any case. */
public enum Precision {
    FP32,
    BF16;

    public static Precision of(String name) {
        for (var precision : values()) {
            if (precision.toString().equals(name)) {
                return precision;
            }
        }
        throw new RefusedInput("precision '%s' is none of fp32, bf16".formatted(name));
    }

    /** As specs have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
