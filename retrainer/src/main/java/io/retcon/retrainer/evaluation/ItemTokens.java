package io.retcon.retrainer.evaluation;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Items as token ids, cut between query and choice as lm-evaluation-harness does: spaces that end
 * the query go to the choice, both are encoded together, and what lies beyond the query's own
 * tokens is the choice. Not thread-safe.
 */
public final class ItemTokens {
    private final Tokenizer tokenizer;
    private final int eos;
    private final Map<Item, Question> questions = new HashMap<>();

    /**
     * @param eos the context of a choice that has none
     */
    public ItemTokens(Tokenizer tokenizer, int eos) {
        this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
        this.eos = eos;
    }

    /** The item's query, and each choice after a space. Remembered for the next checkpoint. */
    public Question question(Item item) {
        return questions.computeIfAbsent(item, this::encode);
    }

    private Question encode(Item item) {
        var query = item.getQuery().stripTrailing();
        var spaces = item.getQuery().substring(query.length());
        var context = query.isEmpty() ? new int[] {eos} : tokenizer.encode(query);
        var choices =
                item.getChoices().stream()
                        .map(c -> choice(item, query, context, spaces, " " + c))
                        .toList();
        return new Question(context, choices);
    }

    /** Each choice alone, after EOS. */
    public Question unconditional(Item item) {
        var context = new int[] {eos};
        var choices =
                item.getChoices().stream()
                        .map(c -> choice(item, "", context, "", " " + c))
                        .toList();
        return new Question(context, choices);
    }

    private int[] choice(Item item, String query, int[] context, String spaces, String choice) {
        var whole = tokenizer.encode(query + spaces + choice);
        int start = query.isEmpty() ? 0 : Math.min(context.length, whole.length);
        if (start == whole.length) {
            throw new RefusedInput(
                    "item '%s' of %s: choice '%s' has no tokens after its query"
                            .formatted(item.getId(), item.getBenchmark(), choice.strip()));
        }
        return Arrays.copyOfRange(whole, start, whole.length);
    }

    /** Length of each choice in Unicode code points. */
    static List<Integer> characters(Item item) {
        return item.getChoices().stream().map(c -> c.codePointCount(0, c.length())).toList();
    }
}
