package io.retcon.indexer.window;

import static java.util.Objects.requireNonNull;

import io.retcon.indexer.index.Advance;
import io.retcon.indexer.match.Encoders;
import io.retcon.indexer.match.Matcher;
import io.retcon.indexer.text.TokenizedItems;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.PlaceboContent;
import io.retcon.schemas.spec.ScoringSpec;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Matches the selected items of one intervention against its window and the donors' window, if it
 * has one. What it finds is readable until it is closed.
 */
public final class SelectionMatching implements AutoCloseable {
    private final Selection selection;
    private final RunManifests manifests;
    private final Window window;
    private final Optional<Donors> donors;
    private final Encoders encoders;
    private final Matcher matcher;
    private final List<Item> items;
    private final List<Item> others;
    private final WindowSource source;

    private SelectionMatching(
            Cluster cluster,
            Selection selection,
            Encoders encoders,
            Function<RunManifests, WindowSource> source) {
        this.selection = requireNonNull(selection, "selection is null");
        this.encoders = requireNonNull(encoders, "encoders is null");
        var spec = Specs.of(selection);
        manifests = RunManifests.read(cluster);
        window = Window.of(spec.window());
        donors = Donors.of(spec);
        matcher = Matcher.of(spec.match(), encoders);
        Map<String, Item> known = TopicTable.read(cluster, TopicCatalogue.ITEMS);
        items = asTokenized(items(known, selection), spec.run());
        others = asTokenized(others(known), spec.run());
        this.source = source.apply(manifests);
    }

    /**
     * Reads the windows from the topic and keeps nothing.
     *
     * @throws RefusedInput if the spec names what is not there
     */
    public static SelectionMatching fromTopic(
            Cluster cluster, Selection selection, Encoders encoders) {
        var run = Specs.of(selection).run();
        return new SelectionMatching(
                cluster,
                selection,
                encoders,
                manifests -> new TopicSource(cluster, manifests, run));
    }

    /**
     * Answers from the windows' indexes.
     *
     * @throws RefusedInput if the spec names what is not there
     */
    static SelectionMatching fromIndexes(Cluster cluster, Windows windows, Selection selection) {
        var run = Specs.of(selection).run();
        return new SelectionMatching(
                cluster,
                selection,
                windows.encoders(),
                manifests -> new IndexSource(windows, manifests, run));
    }

    /** Sequences to go through, as often as they are gone through. */
    public long sequences() {
        return (window.steps() + donors.map(SelectionMatching::steps).orElse(0L))
                * manifests.of(Specs.of(selection).run()).getSequencesPerStep()
                * source.passes();
    }

    /**
     * Matches the window and, where an operation takes donors, theirs.
     *
     * @param advance told of every sequence gone through
     * @throws RefusedInput if the history is not whole or an item cannot be looked for
     */
    public RoleRecords run(Advance advance) {
        var all = Stream.concat(items.stream(), others.stream()).toList();
        boolean everywhere = PlaceboContent.readsOtherItems(Specs.of(selection));
        return new RoleRecords(
                selection,
                others.stream().map(SelectionMatching::ref).toList(),
                source.match(window, matcher, everywhere ? all : items, advance),
                donors.map(of -> source.match(of.window(), matcher, all, advance)),
                donors.filter(Donors::byScore)
                        .map(of -> source.match(of.window(), everyScore(), items, advance)));
    }

    /** Those that are chosen by score are scored for all items, beside being matched. */
    private static long steps(Donors donors) {
        return donors.window().steps() * (donors.byScore() ? 2 : 1);
    }

    /** The spec's matcher without its limits. */
    private Matcher everyScore() {
        var spec = Specs.of(selection).match();
        return Matcher.of(
                spec instanceof ScoringSpec scoring ? scoring.unlimited() : spec, encoders);
    }

    @Override
    public void close() {
        source.close();
    }

    /** Runs without a tokenizer have no text to match. */
    private List<Item> asTokenized(List<Item> items, String run) {
        if (manifests.of(run).getTokenizer().isEmpty()) {
            return items;
        }
        try (var tokenizer = manifests.tokenizer(run)) {
            return new TokenizedItems(tokenizer).of(items);
        }
    }

    /**
     * The items of the selection's benchmarks that were not selected, by benchmark and identifier;
     * without those that the matcher cannot look for, which no document can be said to match.
     */
    private List<Item> others(Map<String, Item> known) {
        var selected = new HashSet<>(selection.getItems());
        var unselected =
                known.values().stream()
                        .filter(
                                item ->
                                        selection
                                                .getBenchmarkItems()
                                                .containsKey(item.getBenchmark()))
                        .filter(item -> !selected.contains(ref(item)))
                        .sorted(Comparator.comparing(SelectionMatching::ref, ItemOrder.BY_NAME))
                        .toList();
        return matcher.findable(unselected);
    }

    private static ItemRef ref(Item item) {
        return new ItemRef(item.getBenchmark(), item.getId());
    }

    private static List<Item> items(Map<String, Item> known, Selection selection) {
        var items = new ArrayList<Item>(selection.getItems().size());
        for (ItemRef ref : selection.getItems()) {
            var item = known.get(Keys.item(ref));
            if (item == null) {
                throw new RefusedInput(
                        "intervention %s selects item '%s' of %s, which is not in %s: import it"
                                .formatted(
                                        selection.getIntervention(),
                                        ref.getId(),
                                        ref.getBenchmark(),
                                        TopicCatalogue.ITEMS.name()));
            }
            items.add(item);
        }
        return items;
    }
}
