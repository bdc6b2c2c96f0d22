package io.retcon.schemas.item;

import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Gathers requests into the items that they ask about, in whatever order the requests came. */
public final class OlmesRequests {
    private final Map<Key, TreeMap<Integer, OlmesRequest>> requests = new LinkedHashMap<>();

    /** The first request about each question. */
    private final Map<List<Object>, OlmesRequest> firsts = new HashMap<>();

    private record Key(String task, long document, OlmesRequest.Asked asked) {}

    /**
     * @throws RefusedInput if the same choice was asked about before, or another request about the
     *     question has another label
     */
    public void add(OlmesRequest request) {
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
        var before =
                requests.computeIfAbsent(key, k -> new TreeMap<>())
                        .putIfAbsent(request.choice(), request);
        if (before != null && !before.equals(request)) {
            throw new RefusedInput(
                    "choice %d of item '%s' of %s is asked about twice"
                            .formatted(request.choice(), request.item(), request.task()));
        }
    }

    /**
     * The items in the order in which they were first asked about.
     *
     * @param refused gets each item that lacks a choice
     */
    public List<OlmesItem> items(Consumer<RefusedInput> refused) {
        var items = new ArrayList<OlmesItem>();
        var ids = new HashMap<List<String>, Long>();
        requests.forEach(
                (key, choices) -> {
                    if (key.asked() == OlmesRequest.Asked.ALONE) {
                        return;
                    }
                    try {
                        var item = item(key, choices);
                        if (ids.putIfAbsent(List.of(item.task(), item.id()), key.document())
                                != null) {
                            throw new RefusedInput(
                                    "item '%s' of %s is there twice"
                                            .formatted(item.id(), item.task()));
                        }
                        items.add(item);
                    } catch (RefusedInput e) {
                        refused.accept(e);
                    }
                });
        return items;
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
                first.task(),
                first.item(),
                List.copyOf(choices.values()),
                List.copyOf(alone.values()),
                first.gold());
    }
}
