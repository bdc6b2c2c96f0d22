package io.retcon.streams.planning;

import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The matched documents of a factorial design, by the factor whose items they match.
 *
 * @param ofFactor those that match items of one factor only, in document order
 * @param contested those that match items of several, which therefore belong to none
 */
public record FactorDocuments(List<List<Target>> ofFactor, List<Target> contested) {
    public FactorDocuments {
        ofFactor = ofFactor.stream().map(List::copyOf).toList();
        contested = List.copyOf(contested);
    }

    /**
     * @param targets in document order
     */
    public static FactorDocuments of(Selection selection, List<Target> targets) {
        var ofFactor = new ArrayList<List<Target>>();
        Specs.of(selection).factors().forEach(factor -> ofFactor.add(new ArrayList<>()));
        var contested = new ArrayList<Target>();
        for (var target : targets) {
            var claimedBy = new TreeSet<Integer>();
            target.items()
                    .forEach(item -> claimedBy.add(selection.getFactors().get(Keys.item(item))));
            (claimedBy.size() == 1 ? ofFactor.get(claimedBy.first()) : contested).add(target);
        }
        return new FactorDocuments(ofFactor, contested);
    }

    /** Those of all factors, in document order. */
    List<Target> all() {
        return inOrder(ofFactor);
    }

    /** Those of the factors that are on in an arm, in document order. */
    List<Target> changedBy(Arm arm) {
        var on = new ArrayList<List<Target>>();
        for (int factor = 0; factor < ofFactor.size(); factor++) {
            if (arm.isOn(factor)) {
                on.add(ofFactor.get(factor));
            }
        }
        return inOrder(on);
    }

    private static List<Target> inOrder(List<List<Target>> lists) {
        return lists.stream()
                .flatMap(List::stream)
                .sorted((a, b) -> DocumentOrder.BY_PLACE.compare(a.document(), b.document()))
                .toList();
    }
}
