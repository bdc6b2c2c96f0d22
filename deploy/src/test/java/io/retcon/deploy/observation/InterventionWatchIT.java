package io.retcon.deploy.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

class InterventionWatchIT {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    @TempDir private Path folder;

    @Test
    void whatWasRefusedBeforeTheWatchBeganIsNotWaitedFor() throws Exception {
        // Given
        try (var data = DataFolder.claim(folder);
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {})) {
            send(stack.cluster(), TopicCatalogue.PROGRESS, "refused|select", progress("refused"));
            send(stack.cluster(), TopicCatalogue.REJECTS, "retcon.selections", reject("refused"));
            send(stack.cluster(), TopicCatalogue.PROGRESS, "open|select", progress("open"));
            var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            // When
            try (var watch = InterventionWatch.start(stack.cluster(), registry)) {
                assertThat(watch).isNotNull();
                await(registry, "retcon_intervention_moved_seconds{intervention=\"open\"}");
                // Then
                assertThat(registry.scrape())
                        .doesNotContain("intervention=\"refused\"")
                        .contains("retcon_rejects_total 0.0");
                send(stack.cluster(), TopicCatalogue.REJECTS, "retcon.matches", reject("open"));
                await(registry, "retcon_rejects_total 1.0");
                awaitGone(registry, "intervention=\"open\"");
            }
        }
    }

    private static <V extends SpecificRecord> void send(
            Cluster cluster, Topic<V> topic, String key, V value) throws Exception {
        try (var producer = cluster.producer()) {
            var bytes = cluster.serde(topic).serializer().serialize(topic.name(), value);
            producer.send(new ProducerRecord<>(topic.name(), key, bytes)).get();
        }
    }

    private static Progress progress(String intervention) {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage("select")
                .setDone(1)
                .setTotal(1)
                .setRate(0)
                .setUnit("items")
                .build();
    }

    /** Its record's key is the topic that it is about; its own is the intervention's. */
    private static Reject reject(String intervention) {
        return Reject.newBuilder()
                .setTopic("retcon.selections")
                .setPartition(0)
                .setOffset(0)
                .setKey(intervention)
                .setReason("there are no encoders 'x'")
                .build();
    }

    private static void await(PrometheusMeterRegistry registry, String text) {
        long deadline = System.nanoTime() + PATIENCE;
        while (!registry.scrape().contains(text)) {
            assertThat(System.nanoTime()).as("%s is served in time", text).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }

    private static void awaitGone(PrometheusMeterRegistry registry, String text) {
        long deadline = System.nanoTime() + PATIENCE;
        while (registry.scrape().contains(text)) {
            assertThat(System.nanoTime()).as("%s is gone in time", text).isLessThan(deadline);
            LockSupport.parkNanos(50_000_000);
        }
    }
}
