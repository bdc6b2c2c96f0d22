package io.retcon.deploy.bench.dashboard;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

import java.util.Map;
import java.util.stream.IntStream;

/** Interventions as a dashboard sees them while they are under way, each with its selection. */
final class BusyCluster implements AutoCloseable {
    private static final String BENCHMARK = "bench/items";
    private static final String SPEC =
            """
            name: bench-%d
            run: bench
            select: { benchmark: bench/items, rule: all }
            window: { from: 0, to: 100 }
            match: { matcher: cooccurrence }
            operate: { operation: mask }
            """;

    private final Cluster cluster;
    private final int interventions;
    private final Producer<String, byte[]> producer;

    BusyCluster(Cluster cluster, int interventions) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.interventions = interventions;
        this.producer = cluster.producer();
    }

    /**
     * Publishes them.
     *
     * @param items selected by each
     */
    void publish(int items) {
        var selected =
                IntStream.range(0, items)
                        .mapToObj(item -> new ItemRef(BENCHMARK, "item-" + item))
                        .toList();
        try (var transaction = new Transaction(cluster, "bench-dashboard")) {
            for (int i = 0; i < interventions; i++) {
                var id = id(i);
                var spec = SPEC.formatted(i);
                transaction.send(
                        TopicCatalogue.INTERVENTIONS, id, new Intervention(id, "bench-" + i, spec));
                transaction.send(
                        TopicCatalogue.SELECTIONS,
                        id,
                        Selection.newBuilder()
                                .setIntervention(id)
                                .setSpec(new SpecText(new SpecReader().read(spec)).yaml())
                                .setItems(selected)
                                .setBenchmarkItems(Map.of(BENCHMARK, items))
                                .build());
            }
            transaction.commit();
        }
    }

    /** Its row is the first that a viewer sees. */
    String newest() {
        return id(interventions - 1);
    }

    private static String id(int intervention) {
        return Sha256.of("bench-dashboard-" + intervention).substring(0, 16);
    }

    /** Says how far the newest intervention is, at once, in a word that only this update has. */
    void say(String word, long done) {
        var progress =
                Progress.newBuilder()
                        .setIntervention(newest())
                        .setStage("match")
                        .setDone(done)
                        .setTotal(1_000_000)
                        .setRate(1_000)
                        .setUnit("documents")
                        .setMessage(word)
                        .build();
        var serializer = cluster.serde(TopicCatalogue.PROGRESS).serializer();
        var topic = TopicCatalogue.PROGRESS.name();
        producer.send(
                new ProducerRecord<>(
                        topic, Keys.progress(progress), serializer.serialize(topic, progress)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
