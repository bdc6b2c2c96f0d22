package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.math.BigDecimal;

/**
 * One variant of the window.
 *
 * @param share of the matched documents (or as many others, in a placebo) that are changed in it
 */
public record Arm(Kind kind, double share) {
    /** Unchanged. */
    public static final Arm CONTROL = new Arm(Kind.CONTROL, 0);

    /** The matched documents are changed. */
    public static final Arm TREATED = new Arm(Kind.TREATED, 1);

    /** As many unmatched documents of the same lengths are changed. */
    public static final Arm PLACEBO = new Arm(Kind.PLACEBO, 1);

    private static final String DOSE = "dose-";

    /** Which documents an arm changes. */
    public enum Kind {
        CONTROL,
        TREATED,
        PLACEBO
    }

    public Arm {
        requireNonNull(kind, "kind is null");
    }

    /** A share of the matched documents is changed, the larger one's containing the smaller's. */
    public static Arm dose(double share) {
        if (!(share > 0 && share < 1)) {
            throw new RefusedInput("a dose of %s is no share between 0 and 1".formatted(share));
        }
        return new Arm(Kind.TREATED, share);
    }

    /**
     * By the name that specs and records use.
     *
     * @throws RefusedInput if there is no such arm
     */
    public static Arm named(String name) {
        return switch (name) {
            case "control" -> CONTROL;
            case "treated" -> TREATED;
            case "placebo" -> PLACEBO;
            default -> dose(name);
        };
    }

    private static Arm dose(String name) {
        try {
            if (name.startsWith(DOSE)) {
                return dose(Double.parseDouble(name.substring(DOSE.length())));
            }
        } catch (NumberFormatException e) {
            throw unknown(name, e);
        }
        throw unknown(name, null);
    }

    private static RefusedInput unknown(String name, Throwable cause) {
        return new RefusedInput(
                "arm '%s' is not known: use control, treated, placebo, or dose- and a share"
                        .formatted(name),
                cause);
    }

    /** Whether it is a part of the treated arm. */
    public boolean isDose() {
        return kind == Kind.TREATED && share < 1;
    }

    public String label() {
        return switch (kind) {
            case CONTROL -> "control";
            case PLACEBO -> "placebo";
            case TREATED ->
                    share < 1
                            ? DOSE + BigDecimal.valueOf(share).stripTrailingZeros().toPlainString()
                            : "treated";
        };
    }

    @Override
    public String toString() {
        return label();
    }
}
