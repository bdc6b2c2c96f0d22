package io.retcon.streams.planning;

import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.NavigableSet;
import java.util.TreeMap;

/**
 * Where the tokens of a text end in it. A token that ends inside a character ends nowhere; one that
 * stands for nothing belongs to the one before it. What precedes a token decides how it is decoded,
 * but no more than one token of it does.
 */
final class TokenEnds {
    private static final int AT_ONCE = 64;

    private final TreeMap<Integer, Integer> tokensAt = new TreeMap<>();

    private TokenEnds() {}

    /**
     * @param text what the tokens are decoded to
     */
    static TokenEnds of(int[] tokens, String text, Tokenizer tokenizer) {
        var ends = new TokenEnds();
        ends.tokensAt.put(0, 0);
        int known = 0;
        int place = 0;
        for (int ahead = AT_ONCE; known < tokens.length; ) {
            int to = Math.min(tokens.length, known + ahead);
            int context = Math.max(0, known - 1);
            var stretches = new ArrayList<int[]>();
            for (int end = known; end <= to; end++) {
                stretches.add(Arrays.copyOfRange(tokens, context, end));
            }
            var decoded = tokenizer.decode(stretches);
            var before = decoded.getFirst();
            int last = known;
            int start = place;
            for (int end = known + 1; end <= to; end++) {
                var with = decoded.get(end - known);
                if (with.startsWith(before)
                        && text.startsWith(with.substring(before.length()), start)) {
                    last = end;
                    place = start + with.length() - before.length();
                    ends.tokensAt.put(place, end);
                }
            }
            if (last == known && to == tokens.length) {
                return ends;
            }
            ahead = last == known ? 2 * ahead : AT_ONCE;
            known = last;
        }
        return ends;
    }

    /** Places between tokens, from 0 on. */
    NavigableSet<Integer> places() {
        return tokensAt.navigableKeySet();
    }

    /** Tokens up to a place between tokens. */
    int tokensBefore(int place) {
        return place == 0 ? 0 : tokensAt.get(place);
    }
}
