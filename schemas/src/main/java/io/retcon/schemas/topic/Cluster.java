package io.retcon.schemas.topic;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.RegistrySchemas;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.serde.TopicSchemas;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A Kafka cluster and how to reach it: makes clients that keep Retcon's promises. Thread-safe. */
public final class Cluster {
    /** After which the broker aborts a transaction, and fences its producer off. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(1);

    private static final int LAST_PORT = 65_535;

    private final String bootstrapServers;
    private final Map<String, String> properties;
    private final Map<String, String> clientProperties;
    private final Schemas schemas;

    /**
     * @param clientProperties ordinary Kafka client properties (security, say), given to every
     *     client; where {@link RegistrySchemas#URL} is among them, schema ids come from that
     *     registry, else from a topic
     * @throws RefusedInput if the servers are not HOST:PORT[,...]
     */
    public Cluster(String bootstrapServers, Map<String, String> clientProperties) {
        this.bootstrapServers = checked(bootstrapServers);
        this.properties = Map.copyOf(clientProperties);
        this.clientProperties = withoutRegistry(clientProperties);
        this.schemas =
                clientProperties.containsKey(RegistrySchemas.URL)
                        ? RegistrySchemas.of(clientProperties)
                        : new TopicSchemas(this);
    }

    private Cluster(Cluster other, Map<String, String> more) {
        this.bootstrapServers = other.bootstrapServers;
        this.properties = joined(other.properties, more);
        this.clientProperties = joined(other.clientProperties, more);
        this.schemas = other.schemas;
    }

    private static String checked(String servers) {
        requireNonNull(servers, "bootstrapServers is null");
        for (var server : servers.split(",", -1)) {
            Integer port = Utils.getPort(server.strip());
            if (port == null || port > LAST_PORT) {
                throw new RefusedInput(
                        "'%s' names no Kafka cluster: give HOST:PORT[,...]".formatted(servers));
            }
        }
        return servers;
    }

    public Cluster(String bootstrapServers) {
        this(bootstrapServers, Map.of());
    }

    /** The same cluster, whose clients have {@code properties} too. */
    public Cluster with(Map<String, String> properties) {
        return new Cluster(this, properties);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** What another process makes the same cluster of, together with where it is. */
    public Map<String, String> properties() {
        return properties;
    }

    /** What every client of the cluster is to be given besides where the cluster is. */
    public Map<String, String> clientProperties() {
        return clientProperties;
    }

    public Schemas schemas() {
        return schemas;
    }

    public <V extends SpecificRecord> RecordSerde<V> serde(Topic<V> topic) {
        return new RecordSerde<>(topic, schemas);
    }

    public Admin admin() {
        return Admin.create(common());
    }

    /** Reads committed records only, from where it is told to; belongs to no group. */
    public Consumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                consumerProperties(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads committed records as a member of {@code group}, which commits offsets itself. */
    public Consumer<String, byte[]> consumer(String group) {
        var properties = consumerProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(
                properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Writes in transactions; an older producer of the same id is fenced off. */
    public Producer<String, byte[]> transactionalProducer(String transactionalId) {
        var properties = producerProperties();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Math.toIntExact(TRANSACTION_TIMEOUT.toMillis()));
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Writes one by one; for progress and other records that need no company. */
    public Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                producerProperties(), new StringSerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> producerProperties() {
        var properties = common();
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicCreation.MAX_RECORD_BYTES);
        return properties;
    }

    private Map<String, Object> consumerProperties() {
        var properties = common();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
        // Closing a consumer waits for the fetch under way, so a fetch must not wait long for data.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        return properties;
    }

    private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return Map.copyOf(all);
    }

    private static Map<String, String> withoutRegistry(Map<String, String> properties) {
        var kafka = new HashMap<>(properties);
        kafka.keySet().removeAll(RegistrySchemas.PROPERTIES);
        return Map.copyOf(kafka);
    }

    private Map<String, Object> common() {
        var properties = new HashMap<String, Object>(clientProperties);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }
}
