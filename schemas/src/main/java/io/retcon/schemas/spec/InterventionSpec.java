package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.PrimarySpec;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;

import java.util.List;
import java.util.Optional;

/**
 * A spec after validation: what every stage needs to know of it.
 *
 * @param name its name
 * @param run the run it rewrites
 * @param select which items
 * @param window the window that is rewritten; its first step is also the checkpoint to retrain from
 * @param match which documents
 * @param operate what is done to them, in order
 * @param arms the arms' names; of a factorial design the control and a row for each other
 *     combination
 * @param retrain how they are retrained
 * @param metrics the metrics to estimate
 * @param seed seed of every random choice
 * @param cluster what items are alike in: relation, subject or none; absent for relation where
 *     there are many
 * @param detect the effect on the first metric that a plan must be able to find
 * @param factors the factors of a factorial design; none for any other
 * @param placebo which documents a placebo changes
 * @param primary the primary estimate, as far as the spec names it
 * @param multiplicity how p is adjusted inside a family of estimates: bh or holm
 */
public record InterventionSpec(
        String name,
        String run,
        SelectSpec select,
        StepRange window,
        MatcherSpec match,
        List<OperationSpec> operate,
        List<String> arms,
        RetrainSpec retrain,
        List<String> metrics,
        long seed,
        Optional<String> cluster,
        Optional<Double> detect,
        List<FactorSpec> factors,
        String placebo,
        Optional<PrimarySpec> primary,
        String multiplicity) {
    public InterventionSpec {
        requireNonNull(name, "name is null");
        requireNonNull(run, "run is null");
        requireNonNull(select, "select is null");
        requireNonNull(window, "window is null");
        requireNonNull(match, "match is null");
        operate = List.copyOf(operate);
        arms = List.copyOf(arms);
        requireNonNull(retrain, "retrain is null");
        metrics = List.copyOf(metrics);
        requireNonNull(cluster, "cluster is null");
        requireNonNull(detect, "detect is null");
        factors = List.copyOf(factors);
        requireNonNull(placebo, "placebo is null");
        requireNonNull(primary, "primary is null");
        requireNonNull(multiplicity, "multiplicity is null");
    }

    /** Its operations whose documents' places are taken by donors. */
    public List<TakingDonors> takingDonors() {
        return operate.stream()
                .filter(TakingDonors.class::isInstance)
                .map(TakingDonors.class::cast)
                .toList();
    }

    /** Whether documents that match come into the window, where others go out of it. */
    public boolean promotes() {
        return operate.stream().anyMatch(of -> of instanceof SwapSpec swap && swap.promotes());
    }

    public static Builder newBuilder() {
        return new Builder();
    }

    /** Of the same spec, to change some of it. */
    public static Builder newBuilder(InterventionSpec like) {
        return new Builder()
                .setName(like.name())
                .setRun(like.run())
                .setSelect(like.select())
                .setWindow(like.window())
                .setMatch(like.match())
                .setOperate(like.operate())
                .setArms(like.arms())
                .setRetrain(like.retrain())
                .setMetrics(like.metrics())
                .setSeed(like.seed())
                .setCluster(like.cluster().orElse(null))
                .setDetect(like.detect().orElse(null))
                .setFactors(like.factors())
                .setPlacebo(like.placebo())
                .setPrimary(like.primary().orElse(null))
                .setMultiplicity(like.multiplicity());
    }

    /** What becomes a spec. */
    public static final class Builder {
        private String name;
        private String run;
        private SelectSpec select;
        private StepRange window;
        private MatcherSpec match;
        private List<OperationSpec> operate;
        private List<String> arms;
        private RetrainSpec retrain;
        private List<String> metrics;
        private long seed;
        private Optional<String> cluster = Optional.empty();
        private Optional<Double> detect = Optional.empty();
        private List<FactorSpec> factors = List.of();
        private String placebo = "same-lengths";
        private Optional<PrimarySpec> primary = Optional.empty();
        private String multiplicity = "bh";

        private Builder() {}

        public Builder setName(String name) {
            this.name = name;
            return this;
        }

        public Builder setRun(String run) {
            this.run = run;
            return this;
        }

        public Builder setSelect(SelectSpec select) {
            this.select = select;
            return this;
        }

        public Builder setWindow(StepRange window) {
            this.window = window;
            return this;
        }

        public Builder setMatch(MatcherSpec match) {
            this.match = match;
            return this;
        }

        public Builder setOperate(List<OperationSpec> operate) {
            this.operate = operate;
            return this;
        }

        public Builder setArms(List<String> arms) {
            this.arms = arms;
            return this;
        }

        public Builder setRetrain(RetrainSpec retrain) {
            this.retrain = retrain;
            return this;
        }

        public Builder setMetrics(List<String> metrics) {
            this.metrics = metrics;
            return this;
        }

        public Builder setSeed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder setCluster(String cluster) {
            this.cluster = Optional.ofNullable(cluster);
            return this;
        }

        public Builder setDetect(Double detect) {
            this.detect = Optional.ofNullable(detect);
            return this;
        }

        public Builder setFactors(List<FactorSpec> factors) {
            this.factors = factors;
            return this;
        }

        public Builder setPlacebo(String placebo) {
            this.placebo = placebo;
            return this;
        }

        public Builder setPrimary(PrimarySpec primary) {
            this.primary = Optional.ofNullable(primary);
            return this;
        }

        public Builder setMultiplicity(String multiplicity) {
            this.multiplicity = multiplicity;
            return this;
        }

        public InterventionSpec build() {
            return new InterventionSpec(
                    name,
                    run,
                    select,
                    window,
                    match,
                    operate,
                    arms,
                    retrain,
                    metrics,
                    seed,
                    cluster,
                    detect,
                    factors,
                    placebo,
                    primary,
                    multiplicity);
        }
    }
}
