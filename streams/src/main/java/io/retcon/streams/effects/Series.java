package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.spec.CooccurrenceSpec;
import io.retcon.schemas.spec.DonorsSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.TakingDonors;

import java.util.List;
import java.util.Optional;

/**
 * The interventions that ask one question again: those of a spec that stands, at each checkpoint,
 * or those of a spec with several matchers.
 *
 * @param name the spec's: NAME of {@code NAME@STEP} and {@code NAME/MATCHER}
 * @param alike what their specs have in common
 */
record Series(Kind kind, String name, InterventionSpec alike) {
    /** What differs from one intervention to the next. */
    enum Kind {
        CHECKPOINTS,
        MATCHERS
    }

    private static final String ANY_NAME = "";
    private static final StepRange ANY = new StepRange(0L, 1L);

    Series {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(alike, "alike is null");
    }

    /** Empty for a spec that asks once. */
    static Optional<Series> of(InterventionSpec spec) {
        var name = spec.name();
        var place = "@" + spec.window().getTo();
        if (name.endsWith(place)) {
            return Optional.of(
                    new Series(
                            Kind.CHECKPOINTS,
                            name.substring(0, name.length() - place.length()),
                            atAnyCheckpoint(spec)));
        }
        int slash = name.lastIndexOf('/');
        return slash < 0
                ? Optional.empty()
                : Optional.of(
                        new Series(Kind.MATCHERS, name.substring(0, slash), byAnyMatcher(spec)));
    }

    private static InterventionSpec atAnyCheckpoint(InterventionSpec spec) {
        return InterventionSpec.newBuilder(spec)
                .setName(ANY_NAME)
                .setWindow(ANY)
                .setSelect(
                        SelectSpec.newBuilder(spec.select())
                                .setStep(null)
                                .setCheckpoints(List.of())
                                .build())
                .setOperate(spec.operate().stream().map(Series::withAnyDonors).toList())
                .build();
    }

    private static OperationSpec withAnyDonors(OperationSpec operation) {
        return operation instanceof TakingDonors taking
                ? taking.with(new DonorsSpec(ANY.getFrom(), ANY.getTo(), taking.donors().exclude()))
                : operation;
    }

    private static InterventionSpec byAnyMatcher(InterventionSpec spec) {
        return InterventionSpec.newBuilder(spec)
                .setName(ANY_NAME)
                .setMatch(new CooccurrenceSpec(null, null, spec.match().documents()))
                .build();
    }
}
