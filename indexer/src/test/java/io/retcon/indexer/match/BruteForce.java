package io.retcon.indexer.match;

import java.util.ArrayList;
import java.util.List;

/** The definition of matching, word for word and slowly: one item, one document. */
final class BruteForce {
    private final Overlap overlap;
    private final Boundary boundary;

    /** Code points from {@code from} to {@code to}−1. */
    private record Span(int from, int to) {
        boolean contains(Span other) {
            return from <= other.from && other.to <= to;
        }

        boolean in(List<Span> others) {
            return others.stream().anyMatch(other -> other.contains(this));
        }
    }

    BruteForce(Overlap overlap, Boundary boundary) {
        this.overlap = overlap;
        this.boundary = boundary;
    }

    boolean cooccur(String subject, String object, String text) {
        var subjects = occurrences(subject, text);
        var objects = occurrences(object, text);
        if (overlap == Overlap.STRICT) {
            var allSubjects = List.copyOf(subjects);
            subjects.removeIf(span -> span.in(objects));
            objects.removeIf(span -> span.in(allSubjects));
        }
        return subjects.stream()
                .anyMatch(s -> objects.stream().anyMatch(o -> !s.contains(o) && !o.contains(s)));
    }

    boolean eitherOccurs(String subject, String object, String text) {
        return !occurrences(subject, text).isEmpty() || !occurrences(object, text).isEmpty();
    }

    private List<Span> occurrences(String term, String text) {
        int[] needle = term.codePoints().toArray();
        int[] hay = text.codePoints().toArray();
        var found = new ArrayList<Span>();
        int from = 0;
        while (from + needle.length <= hay.length) {
            var span = new Span(from, from + needle.length);
            if (stands(needle, hay, span)) {
                found.add(span);
                from = span.to();
            } else {
                from++;
            }
        }
        return found;
    }

    private boolean stands(int[] needle, int[] hay, Span span) {
        for (int i = 0; i < needle.length; i++) {
            if (hay[span.from() + i] != needle[i]) {
                return false;
            }
        }
        return boundary == Boundary.NONE
                || (span.from() == 0 || !Character.isLetterOrDigit(hay[span.from() - 1]))
                        && (span.to() == hay.length || !Character.isLetterOrDigit(hay[span.to()]));
    }
}
