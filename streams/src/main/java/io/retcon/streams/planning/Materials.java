package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.tokenizer.Tokenizer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What operations draw from; sorted when the first one draws. Not thread-safe. */
final class Materials {
    private final MatchedDocuments matched;
    private final RunManifest manifest;
    private final Map<ItemRef, Item> items;
    private final Supplier<Tokenizer> tokenizer;
    private final Map<ItemRef, Integer> columns = new HashMap<>();
    private final List<DocumentRef> window;
    private final long seed;
    private LengthPool donors;
    private LengthPool bystanders;

    /**
     * @param selected the selected items, in the selection's order
     * @param items what they say, or nothing where no operation asks for it
     * @param tokenizer of the run
     */
    Materials(
            MatchedDocuments matched,
            RunManifest manifest,
            List<ItemRef> selected,
            Map<ItemRef, Item> items,
            Supplier<Tokenizer> tokenizer,
            long seed) {
        this.matched = requireNonNull(matched, "matched is null");
        this.manifest = requireNonNull(manifest, "manifest is null");
        this.items = requireNonNull(items, "items is null");
        this.tokenizer = requireNonNull(tokenizer, "tokenizer is null");
        for (int i = 0; i < selected.size(); i++) {
            columns.put(selected.get(i), i);
        }
        this.window = matched.window();
        this.seed = seed;
    }

    MatchedDocuments matched() {
        return matched;
    }

    /** Donors by length, none of them used. */
    LengthPool donors() {
        if (donors == null) {
            donors = new LengthPool(matched.donors(), seed);
        }
        return donors.refilled();
    }

    /** A donor's mean score for a document's items; 0 for a document that matches none. */
    double meanScore(DocumentRef donor, Target target) {
        var scores = matched.donorScores().getOrDefault(donor, List.of());
        return target.items().stream()
                .mapToDouble(item -> scores.get(columns.get(item)))
                .average()
                .orElse(0);
    }

    /** Bystanders by length, none of them used. */
    LengthPool bystanders() {
        if (bystanders == null) {
            bystanders = new LengthPool(matched.bystanders(), seed);
        }
        return bystanders.refilled();
    }

    /** All documents of the window, in order. */
    List<DocumentRef> window() {
        return window;
    }

    /** Tokens a sequence (T). */
    int tokensPerSequence() {
        return manifest.getTokensPerSequence();
    }

    Item item(ItemRef ref) {
        return requireNonNull(items.get(ref), () -> "item " + ref);
    }

    Content.Given given(String id, String text) {
        int[] tokens = tokenizer.get().encode(text);
        return new Content.Given(id, tokens.length, PackedTokens.pack(tokens, manifest.getWidth()));
    }
}
