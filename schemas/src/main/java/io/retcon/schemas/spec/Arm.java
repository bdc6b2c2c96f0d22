package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.math.BigDecimal;
import java.util.List;

/**
 * One variant of the window.
 *
 * @param share of the matched documents (or as many others, in a placebo) that are changed in it
 * @param row of a factorial design: a digit a factor, 1 where its documents are changed; else empty
 */
public record Arm(Kind kind, double share, String row) {
    /** What the control is called. */
    public static final String CONTROL_LABEL = "control";

    /** What the treated arm is called. */
    public static final String TREATED_LABEL = "treated";

    /** What the placebo is called. */
    public static final String PLACEBO_LABEL = "placebo";

    /** The arms of a spec that says nothing of them. */
    public static final List<String> LABELS = List.of(CONTROL_LABEL, TREATED_LABEL, PLACEBO_LABEL);

    /** Unchanged. */
    public static final Arm CONTROL = new Arm(Kind.CONTROL, 0, "");

    /** The matched documents are changed. */
    public static final Arm TREATED = new Arm(Kind.TREATED, 1, "");

    /** As many unmatched documents of the same lengths are changed. */
    public static final Arm PLACEBO = new Arm(Kind.PLACEBO, 1, "");

    private static final String DOSE = "dose-";
    private static final String ON = "on-";

    /** Which documents an arm changes. */
    public enum Kind {
        CONTROL,
        TREATED,
        PLACEBO,
        ROW
    }

    public Arm {
        requireNonNull(kind, "kind is null");
        requireNonNull(row, "row is null");
    }

    /** A share of the matched documents is changed, the larger one's containing the smaller's. */
    public static Arm dose(double share) {
        if (!(share > 0 && share < 1)) {
            throw new RefusedInput("a dose of %s is no share between 0 and 1".formatted(share));
        }
        return new Arm(Kind.TREATED, share, "");
    }

    /** The documents of some factors are changed. */
    public static Arm row(String row) {
        if (!row.matches("[01]*1[01]*")) {
            throw new RefusedInput("'%s' is no row with a factor on".formatted(row));
        }
        return new Arm(Kind.ROW, 1, row);
    }

    /**
     * By the name that specs and records use.
     *
     * @throws RefusedInput if there is no such arm
     */
    public static Arm named(String name) {
        return switch (name) {
            case CONTROL_LABEL -> CONTROL;
            case TREATED_LABEL -> TREATED;
            case PLACEBO_LABEL -> PLACEBO;
            default -> name.startsWith(ON) ? row(name.substring(ON.length())) : dose(name);
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
                "arm '%s' is not known: use control, treated, placebo, dose- and a share, or on- and a row"
                        .formatted(name),
                cause);
    }

    /** Whether a factor's documents are changed. */
    public boolean isOn(int factor) {
        return kind == Kind.ROW && row.charAt(factor) == '1';
    }

    /** Whether it is a part of the treated arm. */
    public boolean isDose() {
        return kind == Kind.TREATED && share < 1;
    }

    public String label() {
        return switch (kind) {
            case CONTROL -> CONTROL_LABEL;
            case PLACEBO -> PLACEBO_LABEL;
            case ROW -> ON + row;
            case TREATED ->
                    share < 1
                            ? DOSE + BigDecimal.valueOf(share).stripTrailingZeros().toPlainString()
                            : TREATED_LABEL;
        };
    }

    @Override
    public String toString() {
        return label();
    }
}
