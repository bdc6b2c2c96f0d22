package io.retcon.deploy.dashboard.browser;

import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;

import java.util.List;
import java.util.Map;

/** Records as stages write them, for what would take these too long or never comes by them. */
final class WrittenRecords implements AutoCloseable {
    private static final String SPEC =
            """
            name: written
            run: none
            select: { benchmark: %s, rule: all }
            window: { from: 0, to: 10 }
            match: { matcher: cooccurrence }
            operate: { operation: swap, donors: { from: 10, to: 20 } }
            arms: [control, treated, placebo]
            retrain: { replicates: 2 }
            measure: { metrics: [acc_raw] }
            """;

    private final Transaction transaction;

    WrittenRecords(Cluster cluster) {
        this.transaction = new Transaction(cluster, "written");
    }

    /** Published, and no more than that. */
    Intervention intervention(String id, String name) {
        var intervention = new Intervention(id, name, SPEC.formatted("written"));
        transaction.send(TopicCatalogue.INTERVENTIONS, id, intervention);
        return intervention;
    }

    ItemRef item(Item item) {
        transaction.send(TopicCatalogue.ITEMS, Keys.item(item.getBenchmark(), item.getId()), item);
        return new ItemRef(item.getBenchmark(), item.getId());
    }

    void selection(Intervention of, List<ItemRef> items) {
        var benchmark = items.getFirst().getBenchmark();
        var spec = new SpecReader().read(SPEC.formatted("written"));
        transaction.send(
                TopicCatalogue.SELECTIONS,
                of.getId(),
                Selection.newBuilder()
                        .setIntervention(of.getId())
                        .setSpec(
                                new SpecText(
                                                InterventionSpec.newBuilder(spec)
                                                        .setName(of.getName())
                                                        .build())
                                        .yaml())
                        .setItems(items)
                        .setBenchmarkItems(Map.of(benchmark, items.size()))
                        .build());
    }

    void progress(Progress progress) {
        transaction.send(TopicCatalogue.PROGRESS, Keys.progress(progress), progress);
    }

    void effects(Effects effects) {
        transaction.send(TopicCatalogue.EFFECTS, effects.getIntervention(), effects);
    }

    void reject(Reject reject) {
        transaction.send(TopicCatalogue.REJECTS, reject.getKey().orElse("none"), reject);
    }

    /** From now on everybody sees what was written. */
    void commit() {
        transaction.commit();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
