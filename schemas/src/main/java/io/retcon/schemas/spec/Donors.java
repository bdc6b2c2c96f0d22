package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.Window;

import java.util.Optional;

/**
 * Where the donors of an intervention come from.
 *
 * @param matching whether documents that match become donors too
 * @param byScore whether their scores say which of them are taken
 * @param ofBenchmark whether those that match an item of the benchmark are none, selected or not;
 *     else those that match a selected one
 */
public record Donors(Window window, boolean matching, boolean byScore, boolean ofBenchmark) {
    public Donors {
        requireNonNull(window, "window is null");
    }

    /** Empty where no operation takes donors; all operations that do share one window. */
    public static Optional<Donors> of(InterventionSpec spec) {
        var taking = spec.takingDonors();
        return taking.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Donors(
                                Window.of(taking.getFirst().donors().range()),
                                spec.promotes(),
                                taking.stream()
                                        .anyMatch(
                                                of -> of instanceof SwapSpec s && s.pairsByScore()),
                                taking.stream().anyMatch(of -> of.donors().ofBenchmark())));
    }
}
