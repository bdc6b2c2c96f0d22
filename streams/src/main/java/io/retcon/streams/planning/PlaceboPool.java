package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Bystanders that stand for treated documents in a placebo: of the same token count and from the
 * same tenth of the window where one is left, else of that count from the nearest tenth, else of
 * the nearest count. Not thread-safe.
 */
final class PlaceboPool {
    private static final int TENTHS = 10;

    private final long from;
    private final long steps;
    private final List<LengthPool> tenths = new ArrayList<>();
    private final int size;
    private final String who;

    /**
     * @param window all documents of the window, in order, which says where its tenths lie
     * @param who the bystanders are, in words: that 'match no selected item'
     */
    PlaceboPool(List<DocumentRef> window, List<DocumentRef> bystanders, String who, long seed) {
        this.who = who;
        from = window.isEmpty() ? 0 : window.getFirst().getStep();
        steps = window.isEmpty() ? 1 : window.getLast().getStep() - from + 1;
        size = bystanders.size();
        var parts = new ArrayList<List<DocumentRef>>();
        for (int tenth = 0; tenth < TENTHS; tenth++) {
            parts.add(new ArrayList<>());
        }
        bystanders.forEach(document -> parts.get(tenth(document)).add(document));
        parts.forEach(part -> tenths.add(new LengthPool(part, seed)));
    }

    /**
     * One for each of the treated documents, in their order.
     *
     * @throws RefusedInput if there are not as many
     */
    List<DocumentRef> take(List<Target> treated) {
        if (size < treated.size()) {
            throw new RefusedInput(
                    "the placebo needs %d documents that %s, but the window has %d: leave the placebo out of 'arms' or select fewer items"
                            .formatted(treated.size(), who, size));
        }
        var taken = new ArrayList<DocumentRef>(treated.size());
        treated.forEach(target -> taken.add(take(target.document())));
        return taken;
    }

    private DocumentRef take(DocumentRef treated) {
        int own = tenth(treated);
        int length = treated.getLength();
        LengthPool best = null;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < 2 * TENTHS; i++) {
            int tenth = own + (i % 2 == 0 ? i / 2 : -(i / 2) - 1);
            if (tenth < 0 || tenth >= TENTHS) {
                continue;
            }
            int nearest = tenths.get(tenth).nearest(length);
            // Of two lengths equally near the longer one is better.
            int distance = 2 * Math.abs(nearest - length) + (nearest < length ? 1 : 0);
            if (nearest >= 0 && distance < least) {
                least = distance;
                best = tenths.get(tenth);
            }
        }
        return Optional.ofNullable(best).flatMap(pool -> pool.takeNearest(length)).orElseThrow();
    }

    private int tenth(DocumentRef document) {
        return (int) Math.clamp((document.getStep() - from) * TENTHS / steps, 0, TENTHS - 1);
    }
}
