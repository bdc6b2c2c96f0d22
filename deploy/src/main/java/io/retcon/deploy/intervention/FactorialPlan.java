package io.retcon.deploy.intervention;

import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.FactorialDesign;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Saving;
import io.retcon.schemas.spec.Specs;
import io.retcon.streams.planning.FactorDocuments;
import io.retcon.streams.planning.MatchedDocuments;
import io.retcon.streams.planning.PlannedArms;

import java.util.ArrayList;
import java.util.List;

/**
 * What `plan` says of a factorial design.
 *
 * @param rows a digit a factor, 1 where its documents are changed
 * @param documentsContested matched documents that stay as they are because several factors claim
 *     them
 * @param interactionsApart whether interactions of two factors can be told from factors' effects
 * @param oneByOne retrainings that as precise estimates would need one by one
 * @param withSharedControl the same if all had one control
 */
record FactorialPlan(
        List<Factor> factors,
        List<String> rows,
        int documentsContested,
        boolean interactionsApart,
        int retrainings,
        int oneByOne,
        int withSharedControl) {
    /** One factor's share. */
    record Factor(String name, int items, int documents) {}

    static FactorialPlan of(Selection selection, MatchedDocuments matched, PlannedArms planned) {
        var spec = Specs.of(selection);
        var design = FactorialDesign.ofArms(spec.arms());
        var documents = FactorDocuments.of(selection, matched.targets());
        var factors = new ArrayList<Factor>();
        boolean apart = true;
        for (int f = 0; f < design.factors(); f++) {
            int place = f;
            factors.add(
                    new Factor(
                            spec.factors().get(f).getName(),
                            (int)
                                    selection.getFactors().values().stream()
                                            .filter(of -> of == place)
                                            .count(),
                            documents.ofFactor().get(f).size()));
            apart &= design.aliases(f).isEmpty();
        }
        var saving = design.saving(spec.retrain().getReplicates());
        return new FactorialPlan(
                factors,
                design.rows(),
                planned.contested(),
                apart,
                saving.retrainings(),
                saving.oneByOne(),
                saving.withSharedControl());
    }

    /** Two arms that know of one factor's effect as much as the whole design does. */
    static InterventionSpec asTwoArms(InterventionSpec spec) {
        var retrain = spec.retrain();
        var saving = new Saving(1, spec.arms().size() * retrain.getReplicates());
        return InterventionSpec.newBuilder(spec)
                .setArms(List.of(Arm.CONTROL_LABEL, Arm.TREATED_LABEL))
                .setRetrain(
                        RetrainSpec.newBuilder(retrain).setReplicates(saving.replicates()).build())
                .build();
    }

    /** Items of the factor that has fewest. */
    int fewestItems() {
        return factors.stream().mapToInt(Factor::items).min().orElse(0);
    }

    String text() {
        var text = new StringBuilder();
        text.append(
                "design    %d factors in %d rows; interactions of two factors %s%n"
                        .formatted(
                                factors.size(),
                                rows.size(),
                                interactionsApart
                                        ? "stay apart from the factors' effects"
                                        : "cannot be told from the factors' effects: take %d runs for that"
                                                .formatted(FactorialDesign.runs(factors.size()))));
        for (int f = 0; f < factors.size(); f++) {
            var factor = factors.get(f);
            var on = new StringBuilder();
            for (var row : rows) {
                on.append(row.charAt(f) == '1' ? '+' : '·');
            }
            text.append(
                    "factor    %s  %s: %,d items, %,d documents%n"
                            .formatted(on, factor.name(), factor.items(), factor.documents()));
        }
        if (documentsContested > 0) {
            text.append(
                    "leaves    %,d documents that several factors claim%n"
                            .formatted(documentsContested));
        }
        return text.append("saves     %s%n".formatted(saving().text())).toString();
    }

    private Saving saving() {
        return new Saving(factors.size(), retrainings);
    }
}
