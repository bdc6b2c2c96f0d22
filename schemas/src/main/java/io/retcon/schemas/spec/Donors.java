package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.OperateSpec;

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
        var windows = spec.operate().stream().flatMap(o -> o.getDonors().stream()).toList();
        return windows.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Donors(
                                Window.of(windows.getFirst()),
                                spec.operate().stream().anyMatch(Donors::choosesMatching),
                                spec.operate().stream().anyMatch(Donors::pairsByScore),
                                spec.operate().stream().anyMatch(Donors::excludesBenchmark)));
    }

    private static boolean excludesBenchmark(OperateSpec operate) {
        return operate.getExclude().equals("benchmark");
    }

    private static boolean pairsByScore(OperateSpec operate) {
        return operate.getPair().equals("score");
    }

    private static boolean choosesMatching(OperateSpec operate) {
        return operate.getChoose().equals("matching");
    }
}
