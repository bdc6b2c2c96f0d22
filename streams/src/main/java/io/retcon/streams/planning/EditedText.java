package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** A document's text, changed in places, which knows what of it is the original's. Immutable. */
public final class EditedText {
    private static final int NEW = -1;

    /**
     * Characters that two texts must have in common to agree, and the longest change that is near.
     */
    private static final int AGREEMENT = 6;

    private static final int REACH = 64;

    private final String original;
    private final String text;
    private final int[] origin;

    /**
     * @param origin for each character of {@code text} its place in {@code original}, or NEW
     */
    private EditedText(String original, String text, int[] origin) {
        this.original = requireNonNull(original, "original is null");
        this.text = requireNonNull(text, "text is null");
        this.origin = origin;
    }

    public static EditedText of(String original) {
        var origin = new int[original.length()];
        Arrays.setAll(origin, i -> i);
        return new EditedText(original, original, origin);
    }

    String original() {
        return original;
    }

    String text() {
        return text;
    }

    /** With every occurrence of a string, from left to right, replaced. */
    EditedText replace(String find, String by) {
        var edited = this;
        if (find.isEmpty()) {
            return becomes(text.replace(find, by));
        }
        for (int at = text.indexOf(find); at >= 0; ) {
            edited = edited.replace(at, at + find.length(), by);
            at = edited.text.indexOf(find, at + by.length());
        }
        return edited;
    }

    EditedText replace(int from, int to, String by) {
        var origins = new int[text.length() - (to - from) + by.length()];
        System.arraycopy(origin, 0, origins, 0, from);
        Arrays.fill(origins, from, from + by.length(), NEW);
        System.arraycopy(origin, to, origins, from + by.length(), text.length() - to);
        return new EditedText(original, text.substring(0, from) + by + text.substring(to), origins);
    }

    /**
     * As another text, which is taken to be this one with changes: what it has in common with this
     * before the first change, after the last, and between near ones is no change.
     */
    public EditedText becomes(String other) {
        if (other.equals(text)) {
            return this;
        }
        var origins = new int[other.length()];
        Arrays.fill(origins, NEW);
        int most = Math.min(text.length(), other.length());
        int end = 0;
        while (end < most
                && text.charAt(text.length() - 1 - end) == other.charAt(other.length() - 1 - end)) {
            end++;
            origins[other.length() - end] = origin[text.length() - end];
        }
        int here = 0;
        int there = 0;
        while (here < text.length() - end && there < other.length() - end) {
            if (text.charAt(here) == other.charAt(there)) {
                origins[there++] = origin[here++];
                continue;
            }
            int change = change(other, here, there);
            if (change < 0) {
                break;
            }
            here += change / REACH;
            there += change % REACH;
        }
        return new EditedText(original, other, origins);
    }

    /** The least that must be skipped in both texts until they agree again; -1 if that is much. */
    private int change(String other, int here, int there) {
        for (int skipped = 1; skipped < REACH; skipped++) {
            for (int gone = 0; gone <= skipped; gone++) {
                int come = skipped - gone;
                if (text.regionMatches(here + gone, other, there + come, AGREEMENT)) {
                    return gone * REACH + come;
                }
            }
        }
        return -1;
    }

    /** Where a stretch of the original, which is not empty, stands as it was. */
    OptionalInt placeOf(int from, int to) {
        var place = placeOf(from);
        for (int i = from; place.isPresent() && i < to; i++) {
            int at = place.getAsInt() + i - from;
            if (at == origin.length || origin[at] != i) {
                return OptionalInt.empty();
            }
        }
        return place;
    }

    /** Where a place between two characters of the original is, if it is one of these. */
    OptionalInt between(int place, Set<Integer> places) {
        var candidates = IntStream.builder();
        if (place == 0) {
            candidates.add(0);
        } else {
            placeOf(place - 1).ifPresent(left -> candidates.add(left + 1));
        }
        if (place == original.length()) {
            candidates.add(text.length());
        } else {
            placeOf(place).ifPresent(candidates);
        }
        return candidates.build().filter(places::contains).findFirst();
    }

    private OptionalInt placeOf(int character) {
        return IntStream.range(0, origin.length).filter(at -> origin[at] == character).findFirst();
    }
}
