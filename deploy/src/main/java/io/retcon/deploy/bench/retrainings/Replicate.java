package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.List;

/**
 * What one retraining made of every item, in the bank's order of items.
 *
 * @param replicate from 0; the demo's own replicates are the first ones
 * @param right a 1 for each item that is right by acc_raw, a 0 for each that is wrong
 * @param margin log-likelihood of the right choice minus that of the best wrong one, to 4 decimals
 */
record Replicate(String arm, int replicate, String right, List<Double> margin) {
    Replicate {
        requireNonNull(arm, "arm is null");
        margin = List.copyOf(margin);
        if (!right.matches("[01]*") || right.length() != margin.size() || replicate < 0) {
            throw new RefusedInput(
                    "replicate %d of arm '%s' has outcomes '%s' and %d margins: one of each an item is expected"
                            .formatted(replicate, arm, right, margin.size()));
        }
    }

    /** 1 for right, 0 for wrong. */
    double right(int item) {
        return right.charAt(item) - '0';
    }
}
