package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Shortage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Every document goes, with the EOS after it; the sequence closes up, and as many donors as fill it
 * follow at its end, in the donors' own order, each once an arm.
 */
record Dropping(Shortage shortage, long seed) implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        var donors = new Queue(materials.matched().donors());
        var bySequence = new LinkedHashMap<DocumentRef, List<Target>>();
        var dropped = draft.changes().stream().map(Change::target).toList();
        for (var target : ChoosingOrder.of(dropped, shortage, seed)) {
            bySequence
                    .computeIfAbsent(
                            end(target.document(), materials.tokensPerSequence()),
                            end -> new ArrayList<>())
                    .add(target);
        }
        bySequence.forEach((end, targets) -> drop(draft, donors, end, targets));
    }

    private void drop(Draft draft, Queue donors, DocumentRef end, List<Target> targets) {
        int room = targets.stream().mapToInt(target -> target.tokens() + 1).sum();
        var fillers = donors.take(room);
        if (fillers.isEmpty()) {
            if (shortage.fails()) {
                throw NoDonorLeft.toFill(targets.getFirst().document());
            }
            return;
        }
        for (var target : targets) {
            draft.update(target, change -> change.with(Operation.DROP, new Content.Nothing()));
        }
        for (var filler : fillers) {
            draft.insert(
                    Operation.DROP,
                    new Target(end, List.of()),
                    Change.none(new Target(filler, List.of())));
        }
    }

    /** The end of a document's sequence, as the place before a document that would start there. */
    private static DocumentRef end(DocumentRef document, int tokens) {
        return new DocumentRef("", document.getStep(), document.getSequence(), tokens, 0);
    }

    /** Donors in their order. */
    private static final class Queue {
        private final List<DocumentRef> donors;
        private int next;

        Queue(List<DocumentRef> donors) {
            this.donors = donors;
        }

        /** The next donors that fill {@code room} tokens with their EOS; none if they do not. */
        List<DocumentRef> take(int room) {
            int taken = next;
            for (int left = room; left > 0; taken++) {
                if (taken == donors.size()) {
                    return List.of();
                }
                left -= donors.get(taken).getLength() + 1;
            }
            var fillers = donors.subList(next, taken);
            next = taken;
            return fillers;
        }
    }
}
