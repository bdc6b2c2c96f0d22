package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.spec.Arm;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * How outcomes follow the share of the matched documents that an arm changes: for each item and
 * replicate the slope of the least-squares line through control, doses and treated.
 *
 * @param slopes [replicate][item], a whole dose's difference if the line were straight
 * @param steepest that outcomes between 0 and 1 allow
 * @param arms that it goes through
 */
record DoseTrend(double[][] slopes, double steepest, int arms) {
    DoseTrend {
        requireNonNull(slopes, "slopes is null");
    }

    /** Empty where no replicate succeeded in every arm, or an item was not scored. */
    static Optional<DoseTrend> of(
            List<String> all,
            FinishedArms finished,
            OutcomeTable outcomes,
            ItemGroup group,
            String metric) {
        var through =
                all.stream().map(Arm::named).filter(arm -> arm.kind() != Arm.Kind.PLACEBO).toList();
        var replicates = new TreeSet<>(finished.replicates(through.getFirst().label()));
        through.forEach(arm -> replicates.retainAll(finished.replicates(arm.label())));
        if (replicates.isEmpty() || group.items().isEmpty()) {
            return Optional.empty();
        }
        double mean = through.stream().mapToDouble(Arm::share).average().orElseThrow();
        double spread = 0;
        double distances = 0;
        var slopes = new double[replicates.size()][group.items().size()];
        for (var arm : through) {
            double distance = arm.share() - mean;
            spread += distance * distance;
            distances += Math.abs(distance);
            var values =
                    outcomes.values(arm.label(), List.copyOf(replicates), group.items(), metric);
            if (values.isEmpty()) {
                return Optional.empty();
            }
            for (int r = 0; r < slopes.length; r++) {
                for (int i = 0; i < slopes[r].length; i++) {
                    slopes[r][i] += distance * values.get()[r][i];
                }
            }
        }
        for (var row : slopes) {
            for (int i = 0; i < row.length; i++) {
                row[i] /= spread;
            }
        }
        return Optional.of(new DoseTrend(slopes, distances / 2 / spread, through.size()));
    }
}
