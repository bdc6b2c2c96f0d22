package io.retcon.retrainer.scoring;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.OlmesItem;
import io.retcon.schemas.item.OlmesRequest;
import io.retcon.schemas.item.OlmesRequests;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.record.Item;

import java.nio.IntBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Items of a file as token ids, whichever of three kinds a line is: a plain item, an OLMES request,
 * or already tokenized ({@code id, context, choices}, optional {@code benchmark, gold}). Not
 * thread-safe.
 */
public final class ItemReader {
    private final Optional<PairTokens> tokens;
    private final Unconditional unconditional;
    private final Map<OlmesRequest, TokenizedItem.Pair> pairs = new IdentityHashMap<>();

    /**
     * @param tokens what turns texts into tokens; lines with texts are refused without it
     * @param unconditional whether plain items' choices are also asked about alone, after EOS;
     *     requests say so themselves
     */
    public ItemReader(Optional<PairTokens> tokens, Unconditional unconditional) {
        this.tokens = requireNonNull(tokens, "tokens is null");
        this.unconditional = requireNonNull(unconditional, "unconditional is null");
    }

    /** The items that could be read, those of requests after the others. */
    public List<TokenizedItem> read(Path file, Consumer<RefusedInput> refused) {
        var items = new ArrayList<TokenizedItem>();
        var requests = new OlmesRequests();
        new JsonLines(file)
                .read(line -> item(line, requests), item -> item.ifPresent(items::add), refused);
        Consumer<RefusedInput> inFile =
                e -> refused.accept(new RefusedInput("%s: %s".formatted(file, e.getMessage()), e));
        for (var asked : requests.items(inFile)) {
            try {
                items.add(olmes(asked));
            } catch (RefusedInput e) {
                inFile.accept(e);
            }
        }
        pairs.clear();
        return items;
    }

    private Optional<TokenizedItem> item(JsonNode line, OlmesRequests requests) {
        if (OlmesRequest.isOne(line)) {
            var request = OlmesRequest.parse(line);
            var own = tokens();
            requests.add(request);
            pairs.put(request, named(request.item(), request.task(), () -> pair(request, own)));
            return Optional.empty();
        }
        if (line.has("context")) {
            return Optional.of(tokenized(line));
        }
        var item = ItemFile.item(line);
        var own = tokens();
        return Optional.of(named(item.getId(), item.getBenchmark(), () -> plain(item, own)));
    }

    private static <T> T named(String item, String benchmark, Supplier<T> work) {
        try {
            return work.get();
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "item '%s' of %s: %s".formatted(item, benchmark, e.getMessage()), e);
        }
    }

    private static TokenizedItem.Pair pair(OlmesRequest request, PairTokens own) {
        var question = own.question(request.context(), List.of(request.continuation()));
        return TokenizedItem.pairs(question).getFirst();
    }

    private static TokenizedItem tokenized(JsonNode line) {
        var fields = new Fields(line);
        var context = ints("context", line.path("context"));
        var choices = line.path("choices");
        if (!choices.isArray()) {
            throw new RefusedInput("'choices' is no array: give an array of arrays of token ids");
        }
        var pairs = new ArrayList<TokenizedItem.Pair>();
        var seen = new HashSet<IntBuffer>();
        for (var choice : choices) {
            var tokens = ints("choices", choice);
            if (!seen.add(IntBuffer.wrap(tokens))) {
                throw new RefusedInput(
                        "item '%s' has the choice %s twice: keep one"
                                .formatted(fields.text("id"), choice));
            }
            pairs.add(new TokenizedItem.Pair(context, tokens));
        }
        return new TokenizedItem(
                fields.optionalText("benchmark"),
                fields.text("id"),
                pairs,
                List.of(),
                List.of(),
                line.has("gold")
                        ? OptionalInt.of(fields.wholeNumber("gold"))
                        : OptionalInt.empty());
    }

    private static int[] ints(String name, JsonNode array) {
        if (!array.isArray()) {
            throw new RefusedInput("'%s' holds no array of token ids".formatted(name));
        }
        var ints = new int[array.size()];
        for (int i = 0; i < ints.length; i++) {
            if (!array.path(i).isInt()) {
                throw new RefusedInput(
                        "'%s' holds %s: give only token ids".formatted(name, array.path(i)));
            }
            ints[i] = array.path(i).intValue();
        }
        return ints;
    }

    private TokenizedItem plain(Item item, PairTokens own) {
        var continuations = ItemTokens.continuations(item);
        var question = own.question(item.getQuery(), continuations);
        var alone =
                unconditional == Unconditional.SCORED
                        ? TokenizedItem.pairs(
                                own.question(item.getUnconditional().orElse(""), continuations))
                        : List.<TokenizedItem.Pair>of();
        return new TokenizedItem(
                Optional.of(item.getBenchmark()),
                item.getId(),
                TokenizedItem.pairs(question),
                alone,
                item.getChoices().stream().map(c -> c.codePointCount(0, c.length())).toList(),
                OptionalInt.of(item.getGold()));
    }

    private TokenizedItem olmes(OlmesItem item) {
        return new TokenizedItem(
                Optional.of(item.task()),
                item.id(),
                pairs(item.afterQuestion()),
                pairs(item.alone()),
                item.afterQuestion().stream().map(ItemReader::characters).toList(),
                OptionalInt.of(item.gold()));
    }

    private List<TokenizedItem.Pair> pairs(List<OlmesRequest> requests) {
        for (var request : requests) {
            if (!pairs.containsKey(request)) {
                throw new RefusedInput(
                        "item '%s' of %s is left out: a line of it was refused"
                                .formatted(request.item(), request.task()));
            }
        }
        return requests.stream().map(pairs::get).toList();
    }

    /** Without the blank that separates it from its context. */
    private static int characters(OlmesRequest request) {
        var text = request.continuation();
        return text.codePointCount(text.startsWith(" ") ? 1 : 0, text.length());
    }

    private PairTokens tokens() {
        return tokens.orElseThrow(
                () ->
                        new RefusedInput(
                                "texts need a tokenizer: put tokenizer.json into the checkpoint's"
                                        + " folder or name one with --tokenizer"));
    }
}
