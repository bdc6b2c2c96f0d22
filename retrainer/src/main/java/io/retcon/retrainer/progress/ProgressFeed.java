package io.retcon.retrainer.progress;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

import java.util.function.Consumer;

/** Tells retcon.progress and a listener how far things are. Thread-safe. */
public final class ProgressFeed implements AutoCloseable {
    private final Producer<String, byte[]> producer;
    private final Serializer<Progress> values;
    private final Consumer<Progress> listener;

    public ProgressFeed(Cluster cluster, Consumer<Progress> listener) {
        this.producer = cluster.producer();
        this.values = cluster.serde(TopicCatalogue.PROGRESS).serializer();
        this.listener = requireNonNull(listener, "listener is null");
    }

    /**
     * A stage to report on.
     *
     * @param subject the intervention, or the run
     * @param message what the unit of work is, in words
     */
    public Stage stage(String subject, String stage, String message, String unit, long total) {
        return new Stage(subject, stage, message, unit, total);
    }

    private void publish(String key, Progress progress) {
        listener.accept(progress);
        producer.send(
                new ProducerRecord<>(
                        TopicCatalogue.PROGRESS.name(),
                        key,
                        values.serialize(TopicCatalogue.PROGRESS.name(), progress)));
    }

    @Override
    public void close() {
        producer.close();
    }

    /** One stage's progress, reported a few times a second at most. */
    public final class Stage {
        private static final long PAUSE_NANOS = 300_000_000;

        private final String subject;
        private final String stage;
        private final String message;
        private final String unit;
        private final long total;
        private final long start = System.nanoTime();
        private long firstDone = -1;
        private long reported;

        private Stage(String subject, String stage, String message, String unit, long total) {
            this.subject = subject;
            this.stage = stage;
            this.message = message;
            this.unit = unit;
            this.total = total;
        }

        public synchronized void done(long done) {
            if (firstDone < 0) {
                firstDone = done;
            }
            long now = System.nanoTime();
            if (done < total && now - reported < PAUSE_NANOS) {
                return;
            }
            reported = now;
            double seconds = (now - start) / 1e9;
            publish(
                    Keys.join(subject, stage, message),
                    Progress.newBuilder()
                            .setIntervention(subject)
                            .setStage(stage)
                            .setDone(done)
                            .setTotal(total)
                            .setRate(seconds > 0 ? (done - firstDone) / seconds : 0)
                            .setUnit(unit)
                            .setMessage(message)
                            .build());
        }
    }
}
