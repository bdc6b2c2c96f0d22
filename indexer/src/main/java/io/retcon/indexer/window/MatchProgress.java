package io.retcon.indexer.window;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

import java.time.Duration;
import java.util.Optional;

/**
 * Says on retcon.progress how far the matching of an intervention is, four times a second.
 * Thread-safe.
 */
final class MatchProgress implements AutoCloseable {
    static final String STAGE = "match";

    private static final String UNIT = "sequences";
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final Producer<String, byte[]> producer;
    private final Serializer<Progress> values;
    private long startedAt;
    private long lastSaidAt;
    private long done;

    MatchProgress(Cluster cluster) {
        this.values = cluster.serde(TopicCatalogue.PROGRESS).serializer();
        this.producer = cluster.producer();
    }

    static String key(String intervention) {
        return Keys.join(intervention, STAGE);
    }

    /** The last word on an intervention: all its sequences are matched. */
    static Progress finished(String intervention, long total, Optional<String> remark) {
        return progress(intervention, total, total, 0, remark.orElse(null));
    }

    synchronized void start() {
        done = 0;
        startedAt = System.nanoTime();
        lastSaidAt = startedAt;
    }

    /** Counts more sequences; the last word is left to {@link #finished}. */
    synchronized void advanced(String intervention, long sequences, long total) {
        done += sequences;
        long now = System.nanoTime();
        if (done >= total || now - lastSaidAt < INTERVAL.toNanos()) {
            return;
        }
        lastSaidAt = now;
        double rate = done * 1e9 / (now - startedAt);
        send(progress(intervention, done, total, rate, null));
    }

    void refused(String intervention, String reason) {
        send(progress(intervention, 0, 0, 0, reason));
    }

    private static Progress progress(
            String intervention, long done, long total, double rate, String message) {
        return Progress.newBuilder()
                .setIntervention(intervention)
                .setStage(STAGE)
                .setDone(done)
                .setTotal(total)
                .setRate(rate)
                .setUnit(UNIT)
                .setMessage(message)
                .build();
    }

    /** Waits until all that was said is there. */
    void flush() {
        producer.flush();
    }

    private void send(Progress progress) {
        var topic = TopicCatalogue.PROGRESS.name();
        producer.send(
                new ProducerRecord<>(
                        topic, key(progress.getIntervention()), values.serialize(topic, progress)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
