package io.retcon.retrainer.progress;

import static java.util.Objects.requireNonNull;

import io.retcon.retrainer.training.StepReport;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Keys;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

import java.time.Duration;
import java.util.function.Consumer;

/** Tells retcon.progress and a listener how far things are. Thread-safe. */
public final class ProgressFeed implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final Serializer<Progress> values;
    private final Consumer<Progress> listener;

    public ProgressFeed(Cluster cluster, Consumer<Progress> listener) {
        this.producer = cluster.producer();
        this.values = cluster.serde(TopicCatalogue.PROGRESS).serializer();
        this.listener = requireNonNull(listener, "listener is null");
    }

    /** A stage to report on, of so many units. */
    public Stage stage(Subject subject, String stage, String unit, long total) {
        return new Stage(
                Progress.newBuilder()
                        .setIntervention(subject.name())
                        .setRetraining(subject.retraining().orElse(null))
                        .setStage(stage)
                        .setDone(0)
                        .setRate(0)
                        .setUnit(unit)
                        .setTotal(total)
                        .build());
    }

    private void publish(Progress progress) {
        listener.accept(progress);
        producer.send(
                new ProducerRecord<>(
                        TopicCatalogue.PROGRESS.name(),
                        Keys.progress(progress),
                        values.serialize(TopicCatalogue.PROGRESS.name(), progress)));
    }

    @Override
    public void close() {
        producer.close(PATIENCE);
    }

    /** One stage's progress, reported a few times a second at most, and when all is done. */
    public final class Stage {
        private static final long PAUSE_NANOS = 300_000_000;

        private final long start = System.nanoTime();
        private final Pace pace = new Pace();
        private Progress latest;
        private long firstDone = -1;
        private long reported = start - PAUSE_NANOS;

        private Stage(Progress none) {
            latest = none;
        }

        /** So many units are done. */
        public synchronized void done(long done) {
            if (firstDone < 0) {
                firstDone = done;
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            latest = at(done, seconds > 0 ? (done - firstDone) / seconds : 0).build();
            publishIfDue();
        }

        /**
         * So many steps are trained.
         *
         * @param last the last of them
         * @param nanos that it took
         */
        public synchronized void trained(long done, StepReport last, long nanos) {
            pace.add(last.tokens(), nanos);
            latest =
                    at(done, pace.stepsPerSecond())
                            .setLoss(last.loss())
                            .setTokensPerSecond(pace.tokensPerSecond())
                            .build();
            publishIfDue();
        }

        /** Says at once how far it is, and a sentence on it. */
        public synchronized void remark(String message) {
            publish(Progress.newBuilder(latest).setMessage(message).build());
        }

        private void publishIfDue() {
            long now = System.nanoTime();
            if (latest.getDone() >= latest.getTotal() || now - reported >= PAUSE_NANOS) {
                reported = now;
                publish(latest);
            }
        }

        private Progress.Builder at(long done, double rate) {
            return Progress.newBuilder(latest)
                    .setDone(done)
                    .setRate(rate)
                    .setSecondsLeft(rate > 0 ? (latest.getTotal() - done) / rate : null);
        }
    }
}
