package io.retcon.schemas.item;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gathers a file's requests into the items that they ask about, in whatever order they came. */
public final class OlmesRequests {
    private final Path file;
    private final Map<Key, TreeMap<Integer, OlmesRequest>> requests = new LinkedHashMap<>();
    private final Map<Key, Long> lines = new HashMap<>();

    /** The first request about each question. */
    private final Map<List<Object>, OlmesRequest> firsts = new HashMap<>();

    private record Key(String task, long document, OlmesRequest.Asked asked) {}

    public OlmesRequests(Path file) {
        this.file = requireNonNull(file, "file is null");
    }

    /**
     * @param line where it stands in the file, from 1
     * @throws RefusedInput if the same choice was asked about before, or another request about the
     *     question has another label
     */
    public void add(OlmesRequest request, long line) {
        var key = new Key(request.task(), request.document(), request.asked());
        var first = firsts.putIfAbsent(List.of(key.task(), key.document()), request);
        if (first != null && first.gold() != request.gold()) {
            throw new RefusedInput(
                    "choice %d of item '%s' of %s has label %d where another request about it has %d"
                            .formatted(
                                    request.choice(),
                                    request.item(),
                                    request.task(),
                                    request.gold(),
                                    first.gold()));
        }
        lines.putIfAbsent(key, line);
        var before =
                requests.computeIfAbsent(key, k -> new TreeMap<>())
                        .putIfAbsent(request.choice(), request);
        if (before != null && !before.equals(request)) {
            throw new RefusedInput(
                    "choice %d of item '%s' of %s is asked about twice, otherwise from line %d on: give each question a doc_id of its own"
                            .formatted(
                                    request.choice(),
                                    request.item(),
                                    request.task(),
                                    lines.get(key)));
        }
    }

    /**
     * The items in the order in which they were first asked about.
     *
     * @param refused gets each item that lacks a choice
     */
    public List<OlmesItem> items(Consumer<RefusedInput> refused) {
        var items = new ArrayList<OlmesItem>();
        requests.forEach(
                (key, choices) -> {
                    if (key.asked() == OlmesRequest.Asked.AFTER_QUESTION) {
                        try {
                            items.add(item(key, choices));
                        } catch (RefusedInput e) {
                            refused.accept(
                                    new RefusedInput(
                                            "%s: %s".formatted(place(key), e.getMessage()), e));
                        }
                    }
                });
        return items;
    }

    private String place(Key key) {
        return "%s line %d".formatted(file, lines.get(key));
    }

    private OlmesItem item(Key key, TreeMap<Integer, OlmesRequest> choices) {
        var alone =
                requests.getOrDefault(
                        new Key(key.task(), key.document(), OlmesRequest.Asked.ALONE),
                        new TreeMap<>());
        var first = choices.firstEntry().getValue();
        if (choices.size() != choices.lastKey() + 1
                || !alone.isEmpty() && !alone.keySet().equals(choices.keySet())) {
            throw new RefusedInput(
                    "item '%s' of %s lacks a choice: it asks about %s, and alone about %s"
                            .formatted(
                                    first.item(), first.task(), choices.keySet(), alone.keySet()));
        }
        return new OlmesItem(
                place(key),
                first.task(),
                first.item(),
                List.copyOf(choices.values()),
                List.copyOf(alone.values()),
                first.gold());
    }
}
