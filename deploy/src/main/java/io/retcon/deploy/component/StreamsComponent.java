package io.retcon.deploy.component;

import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.rejects.RejectRefused;
import io.retcon.streams.rejects.RejectUndecodable;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;

/** Every topology of the streams module, each as an application of its own, exactly once. */
final class StreamsComponent implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(StreamsComponent.class.getName());
    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final List<StreamsApplication> running = new ArrayList<>();
    private final OpenMark mark;

    /** A stage's topology under the name of its application. */
    record Stage(String application, Topology topology) {
        Stage {
            requireNonNull(application, "application is null");
            requireNonNull(topology, "topology is null");
        }
    }

    private StreamsComponent(OpenMark mark) {
        this.mark = mark;
    }

    /**
     * Local state that a killed process left is deleted before it is looked at: exactly once, Kafka
     * Streams restores such stores anyway, but it cannot open those that the process was just
     * deleting, and would not start. So is state that is damaged.
     */
    static StreamsComponent start(
            List<Stage> stages, Cluster cluster, Path folder, Consumer<Throwable> died) {
        var component = new StreamsComponent(OpenMark.in(folder));
        boolean killed = component.mark.wasSet();
        for (var stage : stages) {
            var name = stage.application();
            var application =
                    new StreamsApplication(name, () -> streams(stage, cluster, folder), died);
            component.running.add(application);
            if (killed || isDamaged(name, folder.resolve(name))) {
                application.deleteState();
            }
            application.start();
        }
        return component;
    }

    private static boolean isDamaged(String name, Path state) {
        var damage = new StoreFiles(state).damage();
        damage.ifPresent(
                what ->
                        LOG.log(
                                WARNING,
                                "the local state of {0} is damaged ({1}): it is deleted and restored from its topics",
                                name,
                                what));
        return damage.isPresent();
    }

    private static KafkaStreams streams(Stage stage, Cluster cluster, Path folder) {
        return new KafkaStreams(
                stage.topology(),
                properties(stage.application(), cluster, folder),
                MonotonicTime.ofSystem());
    }

    /**
     * Static membership and the state folder let a killed process take up its tasks within seconds:
     * nobody has to notice first that the old one is gone.
     */
    private static Properties properties(String application, Cluster cluster, Path folder) {
        var properties = new Properties();
        properties.putAll(cluster.clientProperties());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        // Walks through history go on between polls, which wait so long where nothing comes.
        properties.put(StreamsConfig.POLL_MS_CONFIG, 20);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
        // A task that gets no answer waits for the cluster, however long it is away.
        properties.put(StreamsConfig.TASK_TIMEOUT_MS_CONFIG, Long.MAX_VALUE);
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 8 << 20);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreSettings.class);
        properties.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.String().getClass());
        properties.put(
                StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
        properties.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                RejectUndecodable.class);
        properties.put(
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, RejectRefused.class);
        properties.put(RejectUndecodable.SCHEMAS, cluster.schemas());
        properties.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                application + "-1");
        properties.put(
                StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), 10_000);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MAX_RECORD_BYTES);
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "zstd");
        properties.put(
                StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG), 1);
        // A sequence alone fills the usual batch of 16 KB.
        properties.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 1 << 17);
        return properties;
    }

    @Override
    public void close() {
        running.forEach(StreamsApplication::stop);
        boolean closed = true;
        for (var application : running) {
            closed &= application.isClosed();
        }
        if (closed) {
            mark.remove();
        }
    }
}
