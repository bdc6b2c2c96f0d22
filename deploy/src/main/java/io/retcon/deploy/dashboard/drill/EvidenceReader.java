package io.retcon.deploy.dashboard.drill;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.board.Watched;
import io.retcon.deploy.report.LearningCurve;
import io.retcon.schemas.item.ItemOrder;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Score;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.selection.LearnedAt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads what the big topics say of one intervention, each topic once. */
final class EvidenceReader {
    /** One item while it is read. */
    private static final class Draft {
        private final List<Matched> documents = new ArrayList<>();
        private final SortedMap<String, Mean> right = new TreeMap<>();
        private final SortedMap<String, Mean> margin = new TreeMap<>();
        private Item item;
    }

    private static final class Mean {
        private double sum;
        private int count;

        static void add(SortedMap<String, Mean> means, String arm, double value) {
            var mean = means.computeIfAbsent(arm, fresh -> new Mean());
            mean.sum += value;
            mean.count++;
        }

        static SortedMap<String, Double> of(SortedMap<String, Mean> means) {
            var values = new TreeMap<String, Double>();
            means.forEach((arm, mean) -> values.put(arm, mean.sum / mean.count));
            return values;
        }
    }

    private final Cluster cluster;
    private final Selection selection;
    private final String run;
    private final String metric;
    private final SortedMap<ItemRef, Draft> drafts = new TreeMap<>(ItemOrder.BY_NAME);
    private final LearningCurve.Tally tally;
    private final Map<ItemRef, SortedMap<Long, Boolean>> outcomes = new HashMap<>();

    private EvidenceReader(Cluster cluster, Selection selection) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.selection = selection;
        var spec = Specs.of(selection);
        this.run = spec.run();
        this.metric = spec.select().getMetric();
        this.tally = new LearningCurve.Tally(selection.getItems(), metric);
        selection.getItems().forEach(item -> drafts.put(item, new Draft()));
    }

    /** Of an intervention whose items are selected; nothing of another. */
    static Optional<Evidence> read(Cluster cluster, Watched watched) {
        return watched.selection().map(s -> new EvidenceReader(cluster, s).read());
    }

    private Evidence read() {
        TopicTable.scan(cluster, TopicCatalogue.ITEMS, (key, item) -> add(item));
        TopicTable.scan(cluster, TopicCatalogue.MATCHES, (key, match) -> add(match));
        TopicTable.scan(cluster, TopicCatalogue.SCORES, (key, score) -> add(score));
        var items = new TreeMap<ItemRef, Evidence.OfItem>(ItemOrder.BY_NAME);
        drafts.forEach(
                (ref, draft) ->
                        items.put(
                                ref,
                                new Evidence.OfItem(
                                        ref,
                                        Optional.ofNullable(draft.item),
                                        draft.documents,
                                        Mean.of(draft.right),
                                        Mean.of(draft.margin))));
        return new Evidence(items, tally.curve(), learned());
    }

    private void add(Item item) {
        if (item == null) {
            return;
        }
        var draft = drafts.get(new ItemRef(item.getBenchmark(), item.getId()));
        if (draft != null) {
            draft.item = item;
        }
    }

    private void add(Match match) {
        if (match == null
                || !match.getIntervention().equals(selection.getIntervention())
                || match.getRole().filter(Role.TARGET::equals).isEmpty()) {
            return;
        }
        var document = match.getDocument().orElseThrow();
        for (int i = 0; i < match.getItems().size(); i++) {
            var draft = drafts.get(match.getItems().get(i));
            if (draft != null) {
                var score =
                        i < match.getScores().size()
                                ? Optional.of(match.getScores().get(i))
                                : match.getScore();
                draft.documents.add(new Matched(document, score));
            }
        }
    }

    private void add(Score score) {
        if (score == null || !score.getRun().equals(run)) {
            return;
        }
        var item = new ItemRef(score.getBenchmark(), score.getItem());
        var right = score.getCorrect().get(metric);
        if (score.getRetraining().isEmpty()) {
            tally.add(score);
            if (right != null && selection.getBenchmarkItems().containsKey(score.getBenchmark())) {
                outcomes.computeIfAbsent(item, fresh -> new TreeMap<>())
                        .put(score.getStep(), right);
            }
            return;
        }
        var retraining = score.getRetraining().get();
        var draft = drafts.get(item);
        if (draft != null && retraining.getIntervention().equals(selection.getIntervention())) {
            if (right != null) {
                Mean.add(draft.right, retraining.getArm(), right ? 1 : 0);
            }
            Mean.add(draft.margin, retraining.getArm(), score.getMargin());
        }
    }

    private SortedMap<Long, Integer> learned() {
        var counts = new TreeMap<Long, Integer>();
        outcomes.values().forEach(of -> of.keySet().forEach(step -> counts.put(step, 0)));
        for (long step : counts.keySet()) {
            var rule = new LearnedAt(step);
            counts.put(step, (int) outcomes.values().stream().filter(rule::holds).count());
        }
        return counts;
    }
}
