package io.retcon.retrainer.evaluation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/**
 * Texts as token ids, cut between context and continuation as lm-evaluation-harness does: white
 * space that ends the context goes to the continuation, both are encoded together, and what lies
 * beyond the context's own tokens is the continuation. A context without text is the token that
 * ends documents.
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
     * @throws RefusedInput if a continuation has no token of its own
     */
    public Question question(String context, List<String> continuations) {
        int end = endOfText(context);
        var text = context.substring(0, end);
        var spaces = context.substring(end);
        var tokens = text.isEmpty() ? new int[] {eos()} : tokenizer.encode(text);
        return new Question(
                tokens,
                continuations.stream()
                        .map(c -> continuation(text, tokens.length, spaces + c))
                        .toList());
    }

    private int[] continuation(String context, int contextTokens, String continuation) {
        var whole = tokenizer.encode(context + continuation);
        int start = context.isEmpty() ? 0 : Math.min(contextTokens, whole.length);
        if (start == whole.length) {
            throw new RefusedInput(
                    "choice '%s' has no tokens after its query".formatted(continuation.strip()));
        }
        return Arrays.copyOfRange(whole, start, whole.length);
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
