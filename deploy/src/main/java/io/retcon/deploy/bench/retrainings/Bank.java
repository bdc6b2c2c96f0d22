package io.retcon.deploy.bench.retrainings;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Many retrainings of the same arms, which differ by their seeds alone.
 *
 * @param replicates each once, by arm and replicate
 */
record Bank(BankOrigin origin, List<Replicate> replicates) {
    Bank {
        requireNonNull(origin, "origin is null");
        replicates =
                replicates.stream()
                        .sorted(
                                Comparator.comparing(Replicate::arm)
                                        .thenComparing(Replicate::replicate))
                        .toList();
        var seen = new HashSet<String>();
        for (var one : replicates) {
            if (one.margin().size() != origin.items().size()) {
                throw new RefusedInput(
                        "replicate %d of arm '%s' has %d outcomes where the bank has %d items"
                                .formatted(
                                        one.replicate(),
                                        one.arm(),
                                        one.margin().size(),
                                        origin.items().size()));
            }
            if (!seen.add(one.arm() + " " + one.replicate())) {
                throw new RefusedInput(
                        "replicate %d of arm '%s' is twice in the bank"
                                .formatted(one.replicate(), one.arm()));
            }
        }
    }

    boolean has(String arm, int replicate) {
        return replicates.stream()
                .anyMatch(one -> one.arm().equals(arm) && one.replicate() == replicate);
    }

    /** Places of some of its items. */
    List<Integer> places(Items items) {
        return IntStream.range(0, origin.items().size())
                .filter(place -> items.has(origin.items().get(place), origin.selected()))
                .boxed()
                .toList();
    }

    /** By replicate. */
    List<Replicate> of(String arm) {
        return replicates.stream().filter(one -> one.arm().equals(arm)).toList();
    }
}
