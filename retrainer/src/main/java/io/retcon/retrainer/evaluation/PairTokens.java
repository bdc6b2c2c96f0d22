package io.retcon.retrainer.evaluation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Outcome;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Texts as token ids, cut between context and continuation as lm-evaluation-harness does: white
 * space that ends the context goes to the continuation, both are encoded together, and what lies
 * beyond the context's own tokens is the continuation. Where a token spans the boundary, so that
 * the context's own tokens do not begin the whole, the continuation is encoded by itself (its pull
 * request #4055): it keeps all its characters. A context without text is the token that ends
 * documents.
 */
public final class PairTokens {
    private final Tokenizer tokenizer;
    private final OptionalInt eos;

    /**
     * @param eos the token that ends documents; only needed where a context is empty
     */
    public PairTokens(Tokenizer tokenizer, OptionalInt eos) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
        this.eos = requireNonNull(eos, "eos is null");
    }

    /**
     * A context with each of the continuations that may follow it.
     *
     * @throws RefusedInput if a continuation has no token of its own, or a text cannot be encoded
     */
    public Question question(String context, List<String> continuations) {
        int end = endOfText(context);
        var text = context.substring(0, end);
        var spaces = context.substring(end);
        var moved = continuations.stream().map(c -> spaces + c).toList();
        var asked = new ArrayList<String>();
        asked.add(text);
        moved.forEach(c -> asked.add(text + c));
        var encoded = tokenizer.encode(asked).stream().map(Outcome::orThrow).toList();
        int[] tokens = text.isEmpty() ? new int[] {eos()} : encoded.getFirst();
        var choices = new ArrayList<int[]>();
        for (int i = 0; i < moved.size(); i++) {
            choices.add(beyond(encoded.getFirst(), encoded.get(i + 1), moved.get(i)));
        }
        return new Question(tokens, choices);
    }

    private int[] beyond(int[] context, int[] whole, String continuation) {
        int start = context.length;
        boolean goesOn = start <= whole.length && Arrays.equals(context, 0, start, whole, 0, start);
        int[] tokens =
                goesOn
                        ? Arrays.copyOfRange(whole, start, whole.length)
                        : tokenizer.encode(continuation);
        if (tokens.length == 0) {
            throw new RefusedInput(
                    "choice '%s' has no tokens after its query: give it text that the tokenizer knows"
                            .formatted(continuation.strip()));
        }
        return tokens;
    }

    private int eos() {
        return eos.orElseThrow(
                () ->
                        new RefusedInput(
                                "a context is empty, and neither tokenizer nor config.json say"
                                        + " which token ends documents (eos_token_id)"));
    }

    /** Where Python's str.rstrip would cut. */
    private static int endOfText(String text) {
        int end = text.length();
        while (end > 0 && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }
}
