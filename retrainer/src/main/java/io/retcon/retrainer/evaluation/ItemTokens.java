package io.retcon.retrainer.evaluation;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Items as token ids: the query, and each choice after a blank. Not thread-safe. */
public final class ItemTokens {
    private final PairTokens pairs;
    private final Map<Item, Question> questions = new HashMap<>();

    /**
     * @param eos the context of a choice that has none
     */
    public ItemTokens(Tokenizer tokenizer, int eos) {
        this.pairs = new PairTokens(tokenizer, OptionalInt.of(eos));
    }

    /** The item's query and choices. Remembered for the next checkpoint. */
    public Question question(Item item) {
        return questions.computeIfAbsent(item, i -> encode(i, i.getQuery()));
    }

    /** Each choice after what the item has in place of its query, or after EOS. */
    public Question unconditional(Item item) {
        return encode(item, item.getUnconditional().orElse(""));
    }

    private Question encode(Item item, String context) {
        try {
            return pairs.question(context, continuations(item));
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "item '%s' of %s: %s"
                            .formatted(item.getId(), item.getBenchmark(), e.getMessage()),
                    e);
        }
    }

    /** What may follow the item's query. */
    public static List<String> continuations(Item item) {
        return item.getChoices().stream().map(choice -> " " + choice).toList();
    }

    /** Length of each choice in Unicode code points. */
    static List<Integer> characters(Item item) {
        return item.getChoices().stream().map(c -> c.codePointCount(0, c.length())).toList();
    }
}
