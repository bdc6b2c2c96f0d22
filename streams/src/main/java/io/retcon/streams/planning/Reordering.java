package io.retcon.streams.planning;

import io.retcon.schemas.record.Operation;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Documents change places by a permutation that the seed draws, among those of equal token counts,
 * so that nothing shifts; one that is alone with its length stays.
 */
record Reordering(long seed) implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        var byLength = new TreeMap<Integer, List<Target>>();
        for (var change : draft.changes()) {
            byLength.computeIfAbsent(change.target().tokens(), length -> new ArrayList<>())
                    .add(change.target());
        }
        byLength.values().forEach(targets -> permute(draft, targets));
    }

    private void permute(Draft draft, List<Target> targets) {
        var drawn = LengthPool.drawnOrder(targets.stream().map(Target::document).toList(), seed);
        for (int i = 0; i < targets.size(); i++) {
            var other = drawn.get(i);
            if (!other.equals(targets.get(i).document())) {
                draft.update(
                        targets.get(i),
                        change -> change.with(Operation.REORDER, new Content.Copied(other)));
            }
        }
    }
}
