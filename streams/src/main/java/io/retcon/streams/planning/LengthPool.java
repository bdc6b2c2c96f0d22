package io.retcon.streams.planning;

import io.retcon.schemas.record.DocumentRef;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Documents that are not used yet, by token count. Of equally long ones they are taken in the order
 * of tickets drawn from the seed and the document's place, so the order in which they arrived plays
 * no part. Emptied lengths are skipped by union-find: taking is next to constant time. Not
 * thread-safe.
 */
final class LengthPool {
    private static final List<DocumentRef> NONE = List.of();

    private final List<List<DocumentRef>> byLength;
    private final int[] taken;

    /** Where to look on for a length: itself while it has documents left. */
    private final int[] longer;

    private final int[] shorter;

    LengthPool(List<DocumentRef> documents, long seed) {
        this(drawn(documents, seed));
    }

    private LengthPool(List<List<DocumentRef>> byLength) {
        this.byLength = byLength;
        this.taken = new int[byLength.size()];
        this.longer = new int[byLength.size()];
        this.shorter = new int[byLength.size()];
        for (int length = 0; length < byLength.size(); length++) {
            boolean empty = byLength.get(length).isEmpty();
            longer[length] = empty ? length + 1 : length;
            shorter[length] = empty ? length - 1 : length;
        }
    }

    /** The same documents, none of them used. */
    LengthPool refilled() {
        return new LengthPool(byLength.stream().<List<DocumentRef>>map(ArrayList::new).toList());
    }

    /** A document of {@code length} tokens, or else of the next longer length that has one left. */
    Optional<DocumentRef> takeAtLeast(int length) {
        int found = longerFrom(length);
        return found < byLength.size() ? Optional.of(take(found)) : Optional.empty();
    }

    /**
     * Of the documents of {@code length} tokens, or else of the next longer length that has one
     * left, the one whose {@code score} is lowest; of equal ones the one drawn first.
     */
    Optional<DocumentRef> takeLowest(int length, ToDoubleFunction<DocumentRef> score) {
        int found = longerFrom(length);
        if (found >= byLength.size()) {
            return Optional.empty();
        }
        var documents = byLength.get(found);
        int lowest = taken[found];
        double least = Double.POSITIVE_INFINITY;
        for (int i = taken[found]; i < documents.size(); i++) {
            double at = score.applyAsDouble(documents.get(i));
            if (at < least) {
                least = at;
                lowest = i;
            }
        }
        // The others keep their order: it is the one in which they are drawn.
        Collections.rotate(documents.subList(taken[found], lowest + 1), 1);
        return Optional.of(take(found));
    }

    /**
     * A document of {@code length} tokens, or else of the next shorter length that has one left.
     */
    Optional<DocumentRef> takeAtMost(int length) {
        int found = shorterFrom(Math.min(length, byLength.size() - 1));
        return found >= 0 ? Optional.of(take(found)) : Optional.empty();
    }

    /** A document of {@code length} tokens, or else of the nearest length; the longer of two. */
    Optional<DocumentRef> takeNearest(int length) {
        int nearest = nearest(length);
        return nearest < 0 ? Optional.empty() : Optional.of(take(nearest));
    }

    /** The length nearest to {@code length} that has a document left, −1 where none is left. */
    int nearest(int length) {
        int above = longerFrom(length);
        int below = shorterFrom(Math.min(length, byLength.size() - 1));
        return above < byLength.size() && (below < 0 || above - length <= length - below)
                ? above
                : below;
    }

    private DocumentRef take(int length) {
        var documents = byLength.get(length);
        var document = documents.get(taken[length]++);
        if (taken[length] == documents.size()) {
            longer[length] = length + 1;
            shorter[length] = length - 1;
        }
        return document;
    }

    private int longerFrom(int length) {
        int at = length;
        while (at < longer.length && longer[at] != at) {
            if (longer[at] < longer.length) {
                longer[at] = longer[longer[at]];
            }
            at = longer[at];
        }
        return at;
    }

    private int shorterFrom(int length) {
        int at = length;
        while (at >= 0 && shorter[at] != at) {
            if (shorter[at] >= 0) {
                shorter[at] = shorter[shorter[at]];
            }
            at = shorter[at];
        }
        return at;
    }

    private static List<List<DocumentRef>> drawn(List<DocumentRef> documents, long seed) {
        int longest = documents.stream().mapToInt(DocumentRef::getLength).max().orElse(0);
        var tickets = new ArrayList<List<Ticket>>();
        for (int length = 0; length <= longest; length++) {
            tickets.add(null);
        }
        for (var document : documents) {
            var bucket = tickets.get(document.getLength());
            if (bucket == null) {
                bucket = new ArrayList<>();
                tickets.set(document.getLength(), bucket);
            }
            bucket.add(Ticket.draw(document, seed));
        }
        return tickets.stream().map(LengthPool::inOrder).toList();
    }

    /** The same documents in an order drawn from the seed and their places. */
    static List<DocumentRef> drawnOrder(List<DocumentRef> documents, long seed) {
        return inOrder(documents.stream().map(document -> Ticket.draw(document, seed)).toList());
    }

    private static List<DocumentRef> inOrder(List<Ticket> bucket) {
        if (bucket == null) {
            return NONE;
        }
        var sorted = bucket.toArray(Ticket[]::new);
        Arrays.sort(sorted);
        return Arrays.stream(sorted).map(Ticket::document).toList();
    }

    private record Ticket(long number, DocumentRef document) implements Comparable<Ticket> {
        static Ticket draw(DocumentRef document, long seed) {
            long number = SplitMix64.output(seed, document.getStep());
            number = SplitMix64.output(number, document.getSequence());
            return new Ticket(SplitMix64.output(number, document.getStart()), document);
        }

        @Override
        public int compareTo(Ticket other) {
            int byNumber = Long.compareUnsigned(number, other.number);
            return byNumber != 0
                    ? byNumber
                    : DocumentOrder.BY_PLACE.compare(document, other.document);
        }
    }
}
