package io.retcon.schemas.item;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;

import java.util.Set;

/**
 * One line of an OLMES requests file: what is the log-likelihood of {@code continuation} after
 * {@code context}? A choice is asked about once after its question and, where the file asks for it,
 * once more without.
 *
 * @param task the benchmark
 * @param document the question's number within the file
 * @param item the question's own identifier
 * @param choice the choice's index
 * @param gold index of the right choice
 */
public record OlmesRequest(
        String task,
        long document,
        Asked asked,
        String item,
        int choice,
        String context,
        String continuation,
        int gold) {
    /** What is read of a line. */
    static final Set<String> FIELDS =
            Set.of("request_type", "request", "doc_id", "idx", "task_name", "native_id", "label");

    /** Document numbers from here on ask about choices without their question. */
    private static final long UNCONDITIONAL = 1_000_000;

    /** Whether the question stands before the choice. */
    public enum Asked {
        AFTER_QUESTION,
        ALONE
    }

    /** Whether a line is one of these rather than a plain item. */
    public static boolean isOne(JsonNode line) {
        return line.has("request_type");
    }

    public static OlmesRequest parse(JsonNode line) {
        var fields = new Fields(line);
        var type = fields.text("request_type");
        if (!type.equals("loglikelihood")) {
            throw new RefusedInput(
                    "request_type '%s' asks for no choice: only 'loglikelihood' is read"
                            .formatted(type));
        }
        var request = line.path("request");
        if (!request.isObject()) {
            throw new RefusedInput("'request' is missing: give its context and continuation");
        }
        var texts = new Fields(request);
        int document = notNegative("doc_id", fields);
        int gold = notNegative("label", fields);
        var other = line.path("doc").path("gold");
        if (other.isInt() && other.intValue() != gold) {
            throw new RefusedInput(
                    "item '%s' has label %d, but its document says gold %d: keep what is right"
                            .formatted(identifier(line), gold, other.intValue()));
        }
        return new OlmesRequest(
                fields.text("task_name"),
                document % UNCONDITIONAL,
                document < UNCONDITIONAL ? Asked.AFTER_QUESTION : Asked.ALONE,
                identifier(line),
                notNegative("idx", fields),
                texts.text("context"),
                texts.text("continuation"),
                gold);
    }

    private static int notNegative(String name, Fields fields) {
        int number = fields.wholeNumber(name);
        if (number < 0) {
            throw new RefusedInput("'%s' is %d: it counts from 0".formatted(name, number));
        }
        return number;
    }

    private static String identifier(JsonNode line) {
        var own = line.path("native_id");
        return own.isTextual() || own.isIntegralNumber()
                ? own.asText()
                : line.path("doc_id").asText();
    }
}
