package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Substitution;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Replaces a plan's strings in the text of its tokens, one string after the other, and encodes the
 * text again; tokens that no replacement touched stay.
 */
record Rewording(Plan plan, Tokenizer tokenizer) {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");

    Rewording {
        requireNonNull(plan, "plan is null");
        requireNonNull(tokenizer, "tokenizer is null");
    }

    /** The new tokens; empty where no string was found, or the plan wants as many tokens. */
    Optional<ByteBuffer> of(ByteBuffer packed, TokenWidth width) {
        int[] tokens = PackedTokens.unpack(packed, width);
        var text = tokenizer.decode(tokens);
        var reworded = EditedText.of(text);
        for (var substitution : plan.getSubstitutions()) {
            reworded = replaced(reworded, substitution);
        }
        if (reworded.text().equals(text)) {
            return Optional.empty();
        }
        int[] renewed = new Retokenizing(tokenizer).of(tokens, reworded);
        boolean unequal =
                Lengths.named(plan.getLengths()) == Lengths.EQUAL
                        && renewed.length != tokens.length;
        return unequal ? Optional.empty() : Optional.of(PackedTokens.pack(renewed, width));
    }

    private EditedText replaced(EditedText text, Substitution substitution) {
        return substitution
                .getFind()
                .map(find -> text.replace(find, substitution.getBy()))
                .orElseGet(() -> inPlaceOfAWord(text, substitution.getBy()));
    }

    /** The word is drawn by the document's place, so that it is the same every time. */
    private EditedText inPlaceOfAWord(EditedText text, String by) {
        var target = plan.getTarget().orElseThrow();
        var words = WORD.matcher(text.text()).results().toList();
        if (words.isEmpty()) {
            return text;
        }
        long drawn = SplitMix64.output(target.getStep(), target.getSequence());
        drawn = SplitMix64.output(drawn, target.getStart());
        var word = words.get((int) Long.remainderUnsigned(drawn, words.size()));
        return text.replace(word.start(), word.end(), by);
    }
}
