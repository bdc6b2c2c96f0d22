package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;

import java.util.List;

/** What is swapped in one arm, in document order; nothing in the control. */
public record ArmPlan(Arm arm, List<Pairing> pairings) {
    public ArmPlan {
        requireNonNull(arm, "arm is null");
        pairings = List.copyOf(pairings);
    }

    /**
     * Tokens that will fall off: a swap by a longer document pushes the difference over the end.
     */
    public long tokensTruncated() {
        return pairings.stream().mapToLong(Pairing::growth).sum();
    }

    /** SHA-256 (hexadecimal) over the pairings in order: places and lengths of both documents. */
    public String sha256() {
        return sha256(pairings);
    }

    static String sha256(List<Pairing> pairings) {
        var sha = new Sha256();
        pairings.forEach(pairing -> sha.update(pairing.line()));
        return sha.hex();
    }
}
