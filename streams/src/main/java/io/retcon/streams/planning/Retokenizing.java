package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Tokens of an edited document: those of its new text, but where nothing was edited its own, also
 * where the text alone would give others (a character that the document's end cuts, an unknown
 * word, tokens that another program made).
 */
public record Retokenizing(Tokenizer tokenizer) {
    public Retokenizing {
        requireNonNull(tokenizer, "tokenizer is null");
    }

    /**
     * @param own the document's tokens, which are decoded to the edited text's original
     * @throws RefusedInput if the tokenizer cannot encode the text
     */
    public int[] of(int[] own, EditedText edited) {
        int[] renewed = tokenizer.encode(edited.text());
        var original = edited.original();
        if (Arrays.equals(own, tokenizer.encode(original))) {
            return renewed;
        }
        var shown = EditedText.of(edited.text()).becomes(tokenizer.decode(renewed));
        var ofOwn = TokenEnds.of(own, original, tokenizer);
        var ofRenewed = TokenEnds.of(renewed, shown.text(), tokenizer);
        var tokens = IntStream.builder();
        int taken = 0;
        int from = 0;
        for (int to : ofOwn.places().tailSet(0, false)) {
            var place = edited.placeOf(from, to);
            var start =
                    place.isEmpty() ? place : shown.between(place.getAsInt(), ofRenewed.places());
            if (start.isEmpty()) {
                from = to;
                continue;
            }
            var end = shown.between(place.getAsInt() + to - from, ofRenewed.places());
            if (end.isPresent()) {
                add(tokens, renewed, taken, ofRenewed.tokensBefore(start.getAsInt()));
                add(tokens, own, ofOwn.tokensBefore(from), ofOwn.tokensBefore(to));
                taken = ofRenewed.tokensBefore(end.getAsInt());
                from = to;
            }
        }
        add(tokens, renewed, taken, renewed.length);
        return tokens.build().toArray();
    }

    private static void add(IntStream.Builder all, int[] tokens, int from, int to) {
        IntStream.range(from, to).map(i -> tokens[i]).forEach(all);
    }
}
