package io.retcon.indexer.window;

import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Progress;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicTable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Answers each selection, once: with the roles of all documents, or with a reject. Everything is
 * found before the first record is written, so that the transaction is short. Not thread-safe.
 */
final class SelectionDesk implements AutoCloseable {
    /** Bytes of a refused value that are kept: a reject must fit any broker. */
    private static final int KEPT = 1 << 18;

    private final Cluster cluster;
    private final Windows windows;
    private final Answers answers;
    private final MatchProgress said;
    private final RecordSerde<Selection> selections;
    private final RecordSerde<Match> matches;
    private final RecordSerde<Progress> progress;
    private final RecordSerde<Reject> rejects;

    /** By this desk: a transaction is committed a moment before its records can be read. */
    private final Set<String> answered = new HashSet<>();

    SelectionDesk(Cluster cluster, Windows windows, String group) {
        this.cluster = cluster;
        this.windows = windows;
        this.selections = cluster.serde(SELECTIONS);
        this.matches = cluster.serde(MATCHES);
        this.progress = cluster.serde(PROGRESS);
        this.rejects = cluster.serde(REJECTS);
        this.answers = new Answers(cluster, group);
        this.said = new MatchProgress(cluster);
    }

    /**
     * @param giveUp called often, from several threads; may throw to give up
     */
    void answer(ConsumerRecord<String, byte[]> record, Runnable giveUp) {
        if (record.value() == null) { // Withdrawn; what was answered stays.
            answers.commit(record, send -> {});
            return;
        }
        Selection selection;
        try {
            selection = selections.deserializer().deserialize(SELECTIONS.name(), record.value());
        } catch (SerializationException e) {
            reject(record, e.getMessage());
            return;
        }
        if (isAnswered(selection)) {
            answers.commit(record, send -> {});
            return;
        }
        try {
            roles(record, selection, giveUp);
        } catch (RuntimeException | StackOverflowError e) {
            var reason = FailureCause.reason(e);
            said.refused(selection.getIntervention(), reason);
            reject(record, reason);
        }
    }

    private void roles(
            ConsumerRecord<String, byte[]> record, Selection selection, Runnable giveUp) {
        var intervention = selection.getIntervention();
        try (var matching = SelectionMatching.fromIndexes(cluster, windows, selection)) {
            long total = matching.sequences();
            said.start();
            var records =
                    matching.run(
                            sequences -> {
                                giveUp.run();
                                said.advanced(intervention, sequences, total);
                            });
            said.flush();
            answers.commit(record, send -> send(intervention, records, total, send));
            answered.add(intervention);
        }
    }

    private void send(
            String intervention,
            RoleRecords records,
            long total,
            Consumer<ProducerRecord<String, byte[]>> send) {
        records.forEach((key, match) -> send.accept(toRecord(MATCHES, key, matches, match)));
        send.accept(
                toRecord(
                        PROGRESS,
                        MatchProgress.key(intervention),
                        progress,
                        MatchProgress.finished(intervention, total, records.remark())));
    }

    /** The last word of progress is written with the matches, so where it is, they are. */
    private boolean isAnswered(Selection selection) {
        if (answered.contains(selection.getIntervention())) {
            return true;
        }
        var last =
                TopicTable.read(cluster, PROGRESS)
                        .get(MatchProgress.key(selection.getIntervention()));
        return last != null && last.getTotal() > 0 && last.getDone() == last.getTotal();
    }

    private void reject(ConsumerRecord<String, byte[]> record, String reason) {
        var reject =
                new Reject(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.key(),
                        ByteBuffer.wrap(record.value(), 0, Math.min(record.value().length, KEPT)),
                        reason);
        answers.commit(
                record, send -> send.accept(toRecord(REJECTS, record.topic(), rejects, reject)));
    }

    private static <V extends SpecificRecord> ProducerRecord<String, byte[]> toRecord(
            Topic<V> topic, String key, RecordSerde<V> values, V value) {
        return new ProducerRecord<>(
                topic.name(), key, values.serializer().serialize(topic.name(), value));
    }

    @Override
    public void close() {
        said.close();
        answers.close();
    }
}
