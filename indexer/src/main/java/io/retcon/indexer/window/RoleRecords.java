package io.retcon.indexer.window;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.Closing;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ObjIntConsumer;

/**
 * What retcon.matches says of one intervention: targets and bystanders in document order, then
 * donors in document order, those that match only where the spec asks for them, then the closing
 * record.
 */
public final class RoleRecords {
    private final Selection selection;
    private final List<ItemRef> others;
    private final MatchedWindow window;
    private final Optional<MatchedWindow> donors;
    private final Optional<MatchedWindow> donorScores;
    private final boolean matchingDonors;
    private final boolean ofBenchmark;

    /**
     * @param others items that were not selected, whose places in rows follow the selected ones'
     * @param donorScores of the donors' window, every item's score for every document, where donors
     *     are chosen by them
     */
    RoleRecords(
            Selection selection,
            List<ItemRef> others,
            MatchedWindow window,
            Optional<MatchedWindow> donors,
            Optional<MatchedWindow> donorScores) {
        this.donorScores = donorScores;
        this.selection = selection;
        this.others = others;
        this.window = window;
        this.donors = donors;
        this.matchingDonors = Donors.of(Specs.of(selection)).filter(Donors::matching).isPresent();
        this.ofBenchmark = Donors.of(Specs.of(selection)).filter(Donors::ofBenchmark).isPresent();
    }

    /** Takes records one by one. */
    public interface Sink {
        void accept(String key, Match match);
    }

    /** What a reader should know about the matching of the window. */
    Optional<String> remark() {
        return window.remark();
    }

    /** Gives every record, in order, to {@code sink}. */
    public void forEach(Sink sink) {
        var counted = new Counted(sink);
        each(
                window,
                (document, row) ->
                        counted.accept(
                                selected(window, row) == 0 ? Role.BYSTANDER : Role.TARGET,
                                document,
                                window,
                                row));
        donors.ifPresent(
                part ->
                        each(
                                part,
                                (document, row) -> {
                                    if (isDonor(part, row)) {
                                        counted.accept(Role.DONOR, document, part, row);
                                    }
                                }));
        counted.close();
    }

    /** How many of the items that a document matches are selected: they stand first. */
    private int selected(MatchedWindow part, int row) {
        int end = Arrays.binarySearch(part.items().row(row), selection.getItems().size());
        return end < 0 ? -end - 1 : end;
    }

    /** A document that matches a selected item is a donor only where such are asked for. */
    private boolean isDonor(MatchedWindow part, int row) {
        return selected(part, row) > 0
                ? matchingDonors
                : !ofBenchmark || part.items().row(row).length == 0;
    }

    private static void each(MatchedWindow part, ObjIntConsumer<DocumentRef> sink) {
        int[] row = {0};
        part.documents().forEach(document -> sink.accept(document, row[0]++));
    }

    /** Passes records on, and knows at the end what the closing record must say. */
    private final class Counted {
        private final String intervention = selection.getIntervention();
        private final Sha256 digest = new Sha256();
        private final Sink sink;
        private final TreeSet<ItemRef> matched = new TreeSet<>(ItemOrder.BY_NAME);
        private long records;

        Counted(Sink sink) {
            this.sink = sink;
        }

        /** Where two windows overlap a document has two roles, so the role is in the key. */
        void accept(Role role, DocumentRef document, MatchedWindow part, int row) {
            var key =
                    Keys.join(
                            intervention,
                            role,
                            document.getStep(),
                            document.getSequence(),
                            document.getStart());
            int end = selected(part, row);
            int[] places = part.items().row(row);
            List<ItemRef> items = items(Arrays.copyOf(places, end));
            List<ItemRef> alsoMatched =
                    role == Role.TARGET
                            ? List.of()
                            : others(Arrays.copyOfRange(places, end, places.length));
            List<Double> scores = scores(part, row, end);
            List<Double> itemScores =
                    role == Role.DONOR && items.isEmpty()
                            ? donorScores.map(of -> everyScore(of, row)).orElse(List.of())
                            : List.of();
            var line = new ArrayList<Object>(List.of(key, role));
            items.stream().map(Keys::item).forEach(line::add);
            alsoMatched.forEach(other -> line.add("also " + Keys.item(other)));
            scores.stream().map(Double::toHexString).forEach(line::add);
            itemScores.stream().map(Double::toHexString).forEach(line::add);
            digest.update(Keys.join(line.toArray()) + "\n");
            records++;
            matched.addAll(items);
            var highest = scores.stream().max(Comparator.naturalOrder()).orElse(null);
            sink.accept(
                    key,
                    new Match(
                            intervention,
                            role,
                            document,
                            items,
                            alsoMatched,
                            highest,
                            scores,
                            itemScores,
                            null));
        }

        void close() {
            boolean asked = Specs.of(selection).select().getMatched();
            sink.accept(
                    Keys.join(intervention, "closing"),
                    Match.newBuilder()
                            .setIntervention(intervention)
                            .setItems(asked ? List.copyOf(matched) : List.of())
                            .setClosing(new Closing(records, digest.hex()))
                            .build());
        }
    }

    private List<ItemRef> others(int[] places) {
        int selected = selection.getItems().size();
        return Arrays.stream(places).mapToObj(place -> others.get(place - selected)).toList();
    }

    private List<ItemRef> items(int[] places) {
        return Arrays.stream(places).mapToObj(selection.getItems()::get).toList();
    }

    /** 0 for an item of which the document holds no word. */
    private List<Double> everyScore(MatchedWindow part, int row) {
        var all = new Double[selection.getItems().size()];
        Arrays.fill(all, 0.0);
        int[] columns = part.items().row(row);
        double[] values = part.items().values(row);
        for (int i = 0; i < columns.length; i++) {
            all[columns[i]] = values[i];
        }
        return List.of(all);
    }

    private static List<Double> scores(MatchedWindow part, int row, int end) {
        return Arrays.stream(part.items().values(row)).limit(end).boxed().toList();
    }
}
