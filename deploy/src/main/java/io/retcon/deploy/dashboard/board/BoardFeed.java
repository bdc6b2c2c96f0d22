package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.FailureCause;
import io.retcon.schemas.serde.TopicSchemas;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Reads the small topics from their beginning and follows them, in a thread of its own, as no
 * member of any group. Where the cluster fails it begins anew; until it has everything again, the
 * last board stays.
 */
public final class BoardFeed implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The end of the year 9999, which is the last that pages can show. */
    private static final long LATEST = 253_402_300_799_999L;

    private static final List<Topic<?>> TOPICS =
            List.of(
                    TopicCatalogue.INTERVENTIONS,
                    TopicCatalogue.SELECTIONS,
                    TopicCatalogue.PROGRESS,
                    TopicCatalogue.EFFECTS,
                    TopicCatalogue.RETRAININGS,
                    TopicCatalogue.CHECKPOINTS,
                    TopicCatalogue.REJECTS,
                    TopicCatalogue.MANIFESTS);

    private final Cluster cluster;
    private final java.util.function.Consumer<Board> listener;
    private final BrokerWatch broker;
    private final Thread thread;
    private volatile Board board = Board.nothing();
    private volatile Consumer<String, byte[]> consumer;
    private volatile boolean closing;

    private BoardFeed(Cluster cluster, java.util.function.Consumer<Board> listener) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.listener = requireNonNull(listener, "listener is null");
        this.broker = BrokerWatch.start(cluster);
        this.thread = Thread.ofPlatform().name("dashboard-feed").daemon().unstarted(this::feed);
    }

    /**
     * Begins to read and returns.
     *
     * @param listener is told of every new board, from the feed's thread
     */
    public static BoardFeed start(Cluster cluster, java.util.function.Consumer<Board> listener) {
        var feed = new BoardFeed(cluster, listener);
        feed.thread.start();
        return feed;
    }

    /** The latest. */
    public Board board() {
        return board;
    }

    /** Somebody looks at offsets and lags, which no topic says: the board has them for a while. */
    public void look() {
        broker.look();
    }

    private void feed() {
        while (!closing) {
            try (var reading = cluster.consumer()) {
                consumer = reading;
                follow(reading);
            } catch (WakeupException e) {
                return;
            } catch (RuntimeException e) {
                broker.failed(e);
                if (!broker.state().equals(board.broker())) {
                    publish(board.with(broker.state()));
                }
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> reading) {
        var partitions = partitions(reading);
        reading.assign(partitions);
        reading.seekToBeginning(partitions);
        var behind = new HashMap<>(reading.endOffsets(partitions, PATIENCE));
        var writer = new BoardWriter(board);
        var sinks = sinks(writer);
        boolean whole = false;
        while (!closing) {
            for (var record : reading.poll(POLL)) {
                take(record, sinks, writer);
            }
            if (!whole) {
                behind.entrySet()
                        .removeIf(e -> reading.position(e.getKey(), PATIENCE) >= e.getValue());
                whole = behind.isEmpty();
                if (whole) {
                    publish(writer.board(broker.state()));
                }
            } else if (writer.isDirty() || !broker.state().equals(board.broker())) {
                publish(writer.board(broker.state()));
            }
        }
    }

    private void publish(Board next) {
        board = next;
        listener.accept(next);
    }

    private static List<TopicPartition> partitions(Consumer<String, byte[]> reading) {
        var names = new ArrayList<String>();
        TOPICS.forEach(topic -> names.add(topic.name()));
        names.add(TopicSchemas.TOPIC);
        Set<TopicPartition> all = new HashSet<>();
        for (var name : names) {
            reading.partitionsFor(name, PATIENCE)
                    .forEach(p -> all.add(new TopicPartition(p.topic(), p.partition())));
        }
        return List.copyOf(all);
    }

    private static void take(
            ConsumerRecord<String, byte[]> record,
            Map<String, java.util.function.Consumer<ConsumerRecord<String, byte[]>>> sinks,
            BoardWriter writer) {
        if (record.value() == null) {
            if (record.topic().equals(TopicCatalogue.INTERVENTIONS.name())) {
                writer.withdrawn(record.key());
            }
            return;
        }
        try {
            sinks.get(record.topic()).accept(record);
        } catch (RuntimeException foreign) {
            // The stage that owns the topic reports it in retcon.rejects.
            FailureCause.reason(foreign);
        }
    }

    private Map<String, java.util.function.Consumer<ConsumerRecord<String, byte[]>>> sinks(
            BoardWriter writer) {
        var sinks =
                new HashMap<String, java.util.function.Consumer<ConsumerRecord<String, byte[]>>>();
        into(sinks, TopicCatalogue.INTERVENTIONS, writer::intervention);
        into(sinks, TopicCatalogue.SELECTIONS, (value, at) -> writer.selection(value));
        into(sinks, TopicCatalogue.PROGRESS, (value, at) -> writer.progress(value));
        into(sinks, TopicCatalogue.EFFECTS, (value, at) -> writer.effects(value));
        into(sinks, TopicCatalogue.RETRAININGS, (value, at) -> writer.retraining(value));
        into(sinks, TopicCatalogue.CHECKPOINTS, (value, at) -> writer.checkpoint(value));
        into(sinks, TopicCatalogue.REJECTS, writer::reject);
        into(sinks, TopicCatalogue.MANIFESTS, (value, at) -> writer.manifest(value));
        sinks.put(TopicSchemas.TOPIC, record -> writer.schema(schema(record)));
        return sinks;
    }

    private <V extends SpecificRecord> void into(
            Map<String, java.util.function.Consumer<ConsumerRecord<String, byte[]>>> sinks,
            Topic<V> topic,
            BiConsumer<V, Instant> sink) {
        Deserializer<V> values = cluster.serde(topic).deserializer();
        sinks.put(
                topic.name(),
                record ->
                        sink.accept(
                                values.deserialize(topic.name(), record.value()),
                                Instant.ofEpochMilli(Math.clamp(record.timestamp(), 0, LATEST))));
    }

    private static RegisteredSchema schema(ConsumerRecord<String, byte[]> record) {
        try {
            var json = JSON.readTree(record.value());
            return new RegisteredSchema(
                    json.path("subject").asText(),
                    json.path("id").asInt(),
                    json.path("schema").asText());
        } catch (IOException e) {
            throw new SerializationException("topic %s holds no JSON".formatted(record.topic()), e);
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        var reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        broker.close();
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
