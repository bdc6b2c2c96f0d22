package io.retcon.deploy.bench;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.streams.planning.ArmPlan;
import io.retcon.streams.planning.InterventionPlanner;
import io.retcon.streams.planning.MatchedDocuments;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * An intervention that swaps some of a window's documents for some of another window's.
 *
 * @param name also what makes its id
 * @param steps of the window, from its first one
 */
record Swap(
        String name, SwapWindow window, int steps, SwapWindow donors, List<DocumentRef> targets) {
    static final String RUN = "bench";
    static final ItemRef ITEM = new ItemRef("bench", "item");

    Swap {
        targets = List.copyOf(targets);
    }

    /** Every document has the same chance. */
    static Swap ofShare(String name, SwapWindow window, SwapWindow donors) {
        var random = new SplittableRandom(window.shape().seed());
        var targets =
                window.documents().stream()
                        .filter(document -> random.nextDouble() < window.shape().matched())
                        .toList();
        return new Swap(name, window, window.shape().steps(), donors, targets);
    }

    /** The first document of every sequence, so that every sequence changes. */
    static Swap ofEverySequence(String name, SwapWindow window, int steps, SwapWindow donors) {
        var targets =
                window.documents().stream()
                        .filter(document -> document.getStart() == 0)
                        .filter(document -> document.getStep() < window.firstStep() + steps)
                        .toList();
        return new Swap(name, window, steps, donors, targets);
    }

    String id() {
        return Sha256.of(name).substring(0, 16);
    }

    int sequences() {
        return steps * window.shape().sequencesPerStep();
    }

    InterventionSpec spec() {
        return new SpecReader()
                .read(
                        """
                        name: %s
                        run: %s
                        select:  { benchmark: bench, rule: all }
                        window:  { from: %d, to: %d }
                        match:   { matcher: cooccurrence }
                        operate: { operation: swap, donors: { from: %d, to: %d }, shortage: leave }
                        arms:    [control, treated]
                        retrain: { replicates: 1, engine: nd4j }
                        measure: { metrics: [acc_raw] }
                        """
                                .formatted(
                                        name,
                                        RUN,
                                        window.firstStep(),
                                        window.firstStep() + steps,
                                        donors.firstStep(),
                                        donors.firstStep() + donors.shape().steps()));
    }

    Selection selection() {
        return Selection.newBuilder()
                .setIntervention(id())
                .setSpec(new SpecText(spec()).yaml())
                .setItems(List.of(ITEM))
                .setBenchmarkItems(Map.of(ITEM.getBenchmark(), 1))
                .build();
    }

    /** As an indexer would say it: targets and bystanders, then donors, the closing record last. */
    List<Match> matches() {
        var matches = new ArrayList<Match>();
        var id = id();
        Set<DocumentRef> matched = new HashSet<>(targets);
        for (var document : window.documents()) {
            if (document.getStep() < window.firstStep() + steps) {
                matches.add(
                        matched.contains(document)
                                ? match(id, Role.TARGET, document, List.of(ITEM))
                                : match(id, Role.BYSTANDER, document, List.of()));
            }
        }
        for (var document : donors.documents()) {
            matches.add(match(id, Role.DONOR, document, List.of()));
        }
        matches.add(
                Match.newBuilder()
                        .setIntervention(id)
                        .setClosing(new Closing((long) matches.size(), Sha256.of(name)))
                        .build());
        return matches;
    }

    private static Match match(String id, Role role, DocumentRef document, List<ItemRef> items) {
        return Match.newBuilder()
                .setIntervention(id)
                .setRole(role)
                .setDocument(document)
                .setItems(items)
                .build();
    }

    RunManifest manifest(int partitions) {
        return RunManifest.newBuilder()
                .setSequencesPerStep(window.shape().sequencesPerStep())
                .setTokensPerSequence(window.shape().tokens())
                .setPartitions(partitions)
                .setVocabulary(SwapShape.VOCABULARY)
                .setWidth(TokenWidth.U32)
                .setEos(SwapShape.EOS)
                .setSteps(window.shape().steps() + donors.shape().steps())
                .build();
    }

    /** The treated arm. */
    ArmPlan plan(List<Match> matches) {
        var gathering = new MatchedDocuments.Gathering();
        matches.forEach(gathering::add);
        return new InterventionPlanner(
                        selection(),
                        manifest(1),
                        Map.of(),
                        () -> {
                            throw new IllegalStateException("a swap brings no text");
                        })
                .plan(gathering.documents())
                .arms()
                .getLast();
    }
}
