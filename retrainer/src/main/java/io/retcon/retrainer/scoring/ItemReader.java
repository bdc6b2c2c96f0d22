package io.retcon.retrainer.scoring;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.retrainer.evaluation.ItemTokens;
import io.retcon.retrainer.evaluation.PairTokens;
import io.retcon.retrainer.evaluation.Unconditional;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemFile;
import io.retcon.schemas.item.KnownItems;
import io.retcon.schemas.item.OlmesItem;
import io.retcon.schemas.item.OlmesRequest;
import io.retcon.schemas.item.OlmesRequests;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLine;
import io.retcon.schemas.json.JsonLines;
import io.retcon.schemas.record.Item;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Items of files, all different, as token ids, whichever of three kinds a line is: a plain item, an
 * OLMES request, or already tokenized ({@code id, context, choices}, optional {@code benchmark,
 * gold}). Not thread-safe.
 */
public final class ItemReader {
    private static final Set<String> FIELDS =
            Stream.concat(ItemFile.FIELDS.stream(), Stream.of("context"))
                    .collect(Collectors.toUnmodifiableSet());

    private final KnownItems known = new KnownItems();
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
        var requests = new OlmesRequests(file);
        new JsonLines(file, FIELDS)
                .read(line -> item(line, requests), item -> item.ifPresent(items::add), refused);
        for (var asked : requests.items(refused)) {
            try {
                known.add(asked.task(), asked.id(), asked.place());
                items.add(olmes(asked));
            } catch (RefusedInput e) {
                refused.accept(asked.refused(e));
            }
        }
        pairs.clear();
        return items;
    }

    private Optional<TokenizedItem> item(JsonLine line, OlmesRequests requests) {
        var object = line.object();
        if (OlmesRequest.isOne(object)) {
            var request = OlmesRequest.parse(object);
            requests.add(request, line.number());
            pairs.put(request, named(request.item(), request.task(), () -> pair(request)));
            return Optional.empty();
        }
        var item = object.has("context") ? tokenized(object) : plain(ItemFile.item(object));
        known.add(item.benchmark().orElse(""), item.id(), line.place());
        return Optional.of(item);
    }

    private static <T> T named(String item, String benchmark, Supplier<T> work) {
        try {
            return work.get();
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "item '%s' of %s: %s".formatted(item, benchmark, e.getMessage()), e);
        }
    }

    private TokenizedItem.Pair pair(OlmesRequest request) {
        var question = tokens().question(request.context(), List.of(request.continuation()));
        return TokenizedItem.pairs(question).getFirst();
    }

    private TokenizedItem plain(Item item) {
        return named(item.getId(), item.getBenchmark(), () -> plain(item, tokens()));
    }

    private static TokenizedItem tokenized(JsonNode line) {
        var fields = new Fields(line);
        var context = ints("context", line.path("context"));
        var choices = line.path("choices");
        if (!choices.isArray()) {
            throw new RefusedInput("'choices' is no array: give an array of arrays of token ids");
        }
        var pairs = new ArrayList<TokenizedItem.Pair>();
        for (var choice : choices) {
            pairs.add(new TokenizedItem.Pair(context, ints("choices", choice)));
        }
        return new TokenizedItem(
                fields.optionalText("benchmark"),
                fields.name("id"),
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
