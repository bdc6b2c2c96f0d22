package io.retcon.streams.answering;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.Answer;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Request;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.streams.planning.EditedText;
import io.retcon.streams.planning.Lengths;
import io.retcon.streams.planning.Retokenizing;

/** A request's plan with what the program answered. */
final class AnsweredPlan {
    private AnsweredPlan() {}

    /** The document stays. */
    static Plan unchanged(Request request) {
        return Plan.newBuilder(request.getPlan()).setTokens(null).build();
    }

    /** The answer's tokens; none where it says what was there, or the spec wants as many tokens. */
    static Plan of(Request request, Answer answer, Tokenizer tokenizer) {
        var text = answer.getText().orElseThrow();
        int[] tokens =
                request.getTokens()
                        .map(packed -> PackedTokens.unpack(packed, request.getWidth()))
                        .map(own -> edited(own, request.getText(), text, tokenizer))
                        .orElseGet(() -> tokenizer.encode(text));
        boolean unequal =
                Lengths.named(request.getPlan().getLengths()) == Lengths.EQUAL
                        && tokens.length != request.getDocument().getLength();
        return text.equals(request.getText()) || unequal
                ? unchanged(request)
                : Plan.newBuilder(request.getPlan())
                        .setTokens(PackedTokens.pack(tokens, request.getWidth()))
                        .build();
    }

    private static int[] edited(int[] own, String before, String after, Tokenizer tokenizer) {
        return new Retokenizing(tokenizer).of(own, EditedText.of(before).becomes(after));
    }
}
