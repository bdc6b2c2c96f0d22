package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.PlaceboContent;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.TakingDonors;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Plans every arm of an intervention: which documents it changes, and how. The placebo changes as
 * many bystanders of the same lengths and positions by the same operations; a dose changes a share
 * of the treated documents, drawn by the seed so that a larger share holds the smaller; a row of a
 * factorial design changes the documents of some factors, each to the same in every row. Nothing
 * depends on the order in which documents arrive.
 */
public final class InterventionPlanner {
    private final Selection selection;
    private final InterventionSpec spec;
    private final List<ItemRef> selected;
    private final RunManifest manifest;
    private final Map<ItemRef, Item> items;
    private final Supplier<Tokenizer> tokenizer;
    private final List<Operating> operations = new ArrayList<>();
    private final List<Arm> arms;
    private final Shortage shortage;
    private WholeDocuments whole = new WholeDocuments(Map.of());

    /**
     * @param items what the selected items and those of placebo documents say, where {@link
     *     #readsItems} says so
     * @param tokenizer of the run, asked for only where the spec brings texts along
     * @throws RefusedInput if the spec names an arm or an operation that there is not
     */
    public InterventionPlanner(
            Selection selection,
            RunManifest manifest,
            Map<ItemRef, Item> items,
            Supplier<Tokenizer> tokenizer) {
        this.selection = requireNonNull(selection, "selection is null");
        this.spec = Specs.of(selection);
        this.selected = selection.getItems();
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.items = requireNonNull(items, "items is null");
        this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
        this.arms = spec.arms().stream().map(Arm::named).toList();
        for (var operate : spec.operate()) {
            long seed =
                    operations.isEmpty()
                            ? spec.seed()
                            : SplitMix64.output(spec.seed(), operations.size());
            operations.add(Operating.of(operate, seed));
        }
        this.shortage =
                spec.takingDonors().stream()
                        .map(TakingDonors::shortage)
                        .filter(of -> of != Shortage.FAIL)
                        .findFirst()
                        .orElse(Shortage.FAIL);
    }

    /**
     * The items whose texts the planning needs to know: those that are selected, and others that
     * documents of the window match, where a placebo changes such.
     */
    public static Set<ItemRef> readItems(Selection selection, MatchedDocuments matched) {
        var read = new HashSet<ItemRef>();
        if (Specs.of(selection).operate().stream().anyMatch(OperationSpec::readsItems)) {
            read.addAll(selection.getItems());
            matched.bystandersOfOthers().forEach(of -> read.addAll(matched.others().get(of)));
        }
        return read;
    }

    /**
     * @throws RefusedInput where bystanders run out, or donors do and that is a failure
     */
    public PlannedArms plan(MatchedDocuments matched) {
        whole = WholeDocuments.of(matched.window(), manifest);
        try {
            var planned =
                    spec.match()
                            .documents()
                            .map(
                                    most ->
                                            planWithShortage(matched.most(most, whole, spec.seed()))
                                                    .with(limit(matched, most)))
                            .orElseGet(() -> planWithShortage(matched));
            return planned.knowing(matched.itemsOfDonors(), whole.continued());
        } catch (NoDonorLeft e) {
            throw e.refused();
        }
    }

    private PlannedArms planWithShortage(MatchedDocuments matched) {
        return shortage == Shortage.DROP_ITEMS
                ? planForMostItems(matched)
                : plan(matched, List.of());
    }

    private DocumentLimit limit(MatchedDocuments matched, int asked) {
        var found = spec.promotes() ? matched.matchingDonors() : matched.targets();
        return new DocumentLimit(asked, whole.of(found).size(), !matched.scores().isEmpty());
    }

    /** Leaves out as few of the most frequent items as it takes for the donors to suffice. */
    private PlannedArms planForMostItems(MatchedDocuments matched) {
        var frequent = byFrequency(matched);
        int enough = frequent.size();
        for (int tooFew = -1; enough - tooFew > 1; ) {
            int middle = (enough + tooFew) >>> 1;
            try {
                plan(matched, frequent.subList(0, middle));
                enough = middle;
            } catch (NoDonorLeft e) {
                tooFew = middle;
            }
        }
        return plan(matched, frequent.subList(0, enough));
    }

    /** Items by how many documents match them, the most frequent first. */
    private List<ItemRef> byFrequency(MatchedDocuments matched) {
        var counts = new TreeMap<ItemRef, Integer>(ItemOrder.BY_NAME);
        var documents = spec.promotes() ? matched.matchingDonors() : matched.targets();
        documents.forEach(
                target -> target.items().forEach(item -> counts.merge(item, 1, Integer::sum)));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<ItemRef, Integer>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private PlannedArms plan(MatchedDocuments all, List<ItemRef> droppedItems) {
        var matched = droppedItems.isEmpty() ? all : all.without(new HashSet<>(droppedItems));
        if (arms.stream().allMatch(Arm.CONTROL::equals)) {
            return new PlannedArms(
                    arms.stream().map(arm -> new ArmPlan(arm, List.of())).toList(),
                    0,
                    droppedItems);
        }
        var materials = new Materials(matched, manifest, selected, items, tokenizer, spec.seed());
        if (!spec.factors().isEmpty()) {
            return factorial(materials, droppedItems);
        }
        return spec.promotes()
                ? promotion(materials, droppedItems)
                : suppression(materials, droppedItems);
    }

    private PlannedArms factorial(Materials materials, List<ItemRef> droppedItems) {
        var documents = FactorDocuments.of(selection, materials.matched().targets());
        var subjects = documents.all();
        var plans = new ArrayList<ArmPlan>();
        for (var arm : arms) {
            plans.add(
                    operated(
                            new Draft(arm, subjects, Map.of(), documents.changedBy(arm)),
                            materials));
        }
        return new PlannedArms(
                plans,
                subjects.size(),
                droppedItems,
                documents.contested().size(),
                Optional.empty(),
                Map.of(),
                Set.of());
    }

    private PlannedArms suppression(Materials materials, List<ItemRef> droppedItems) {
        var subjects = materials.matched().targets();
        var treated = operated(new Draft(Arm.TREATED, subjects, Map.of(), subjects), materials);
        var plans = new ArrayList<ArmPlan>();
        for (var arm : arms) {
            plans.add(
                    switch (arm.kind()) {
                        case CONTROL -> new ArmPlan(arm, List.of());
                        case TREATED ->
                                arm.isDose()
                                        ? operated(
                                                new Draft(
                                                        arm,
                                                        subjects,
                                                        Map.of(),
                                                        share(subjects, arm)),
                                                materials)
                                        : treated;
                        case PLACEBO -> operated(placebo(treated, materials), materials);
                        case ROW -> throw new IllegalStateException(arm.label());
                    });
        }
        return new PlannedArms(plans, onlyAdds() ? 0 : subjects.size(), droppedItems);
    }

    /** Whether matched documents stay as they are, and others come beside them. */
    private boolean onlyAdds() {
        return operations.stream()
                .allMatch(o -> o instanceof Inserting || o instanceof Duplicating);
    }

    private Draft placebo(ArmPlan treated, Materials materials) {
        var models =
                onlyAdds()
                        ? materials.matched().targets()
                        : treated.ofDocuments().stream().map(Change::target).toList();
        boolean ofOthers = PlaceboContent.of(spec) == PlaceboContent.MATCHED_CONTENT;
        var pool =
                new PlaceboPool(
                        materials.window(),
                        ofOthers
                                ? materials.matched().bystandersOfOthers()
                                : materials.matched().bystanders(),
                        ofOthers
                                ? "match no selected item and another one of the benchmark"
                                : "match no selected item",
                        spec.seed());
        var documents = pool.take(models);
        var byDocument = new HashMap<DocumentRef, Target>();
        var subjects = new ArrayList<Target>();
        for (int i = 0; i < documents.size(); i++) {
            byDocument.put(documents.get(i), models.get(i));
            subjects.add(new Target(documents.get(i), List.of()));
        }
        subjects.sort(Comparator.comparing(Target::document, DocumentOrder.BY_PLACE));
        return new Draft(Arm.PLACEBO, subjects, byDocument, subjects);
    }

    private ArmPlan operated(Draft draft, Materials materials) {
        operations.forEach(operation -> operation.apply(draft, materials));
        return draft.plan();
    }

    private PlannedArms promotion(Materials materials, List<ItemRef> droppedItems) {
        var promotion = Promotion.of(materials, shortage, spec.seed());
        var subjects = promotion.subjects();
        var plans = new ArrayList<ArmPlan>();
        for (var arm : arms) {
            var draft =
                    arm.kind() == Arm.Kind.PLACEBO
                            ? new Draft(arm, unmatched(subjects), Map.of(), unmatched(subjects))
                            : new Draft(arm, subjects, Map.of(), share(subjects, arm));
            switch (arm.kind()) {
                case CONTROL -> {}
                case ROW -> throw new IllegalStateException(arm.label());
                case TREATED -> promotion.treat(draft);
                case PLACEBO -> promotion.treatPlacebo(draft, materials);
            }
            plans.add(draft.plan());
        }
        return new PlannedArms(plans, materials.matched().matchingDonors().size(), droppedItems);
    }

    private static List<Target> unmatched(List<Target> subjects) {
        return subjects.stream().map(subject -> new Target(subject.document(), List.of())).toList();
    }

    private List<Target> share(List<Target> subjects, Arm arm) {
        if (arm.share() >= 1) {
            return subjects;
        }
        var drawn = LengthPool.drawnOrder(whole.of(subjects), spec.seed());
        int size = (int) Math.round(arm.share() * drawn.size());
        return whole.partsOf(subjects, new HashSet<>(drawn.subList(0, size)));
    }
}
