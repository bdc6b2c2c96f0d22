package io.retcon.deploy.bench;

import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicReader;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a broker takes from a producer that does nothing else, set up as Kafka Streams sets up the
 * rewriter's: in a transaction, compressed by zstd, waiting 100 ms for batches to fill.
 */
final class PlainProducer {
    private static final int MAX_RECORD_BYTES = 16 << 20;

    private final Cluster cluster;

    PlainProducer(Cluster cluster) {
        this.cluster = cluster;
    }

    private record Sent(int partition, String key, byte[] value) {}

    /** MB a second of an intervention's records in a topic, once for each round. */
    List<Double> rates(Topic<?> topic, Swap swap, int rounds) {
        var records = read(topic, swap);
        var rates = new ArrayList<Double>();
        for (int round = 0; round <= rounds; round++) {
            double rate = rate(records, "bench.produced-" + round, partitions(topic));
            if (round > 0) { // the first one compiles
                rates.add(rate);
            }
        }
        return rates;
    }

    private int partitions(Topic<?> topic) {
        return TopicTable.partitions(cluster, topic);
    }

    /** In turn from each partition, as several tasks write them. */
    private List<Sent> read(Topic<?> topic, Swap swap) {
        var records = new ArrayList<Sent>();
        var readers =
                IntStream.range(0, partitions(topic))
                        .mapToObj(p -> TopicReader.wholePartition(cluster, topic.name(), p))
                        .toList();
        boolean more = true;
        while (more) {
            more = false;
            for (var reader : readers) {
                var next = reader.next();
                more |= next.isPresent();
                next.filter(record -> record.key().startsWith(swap.id()))
                        .ifPresent(r -> records.add(new Sent(r.partition(), r.key(), r.value())));
            }
        }
        readers.forEach(TopicReader::close);
        return records;
    }

    private double rate(List<Sent> records, String topic, int partitions) {
        create(topic, partitions);
        try (var producer =
                new KafkaProducer<>(
                        properties(), new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            long start = System.nanoTime();
            producer.beginTransaction();
            for (var record : records) {
                producer.send(
                        new ProducerRecord<>(
                                topic, record.partition(), record.key(), record.value()));
            }
            producer.commitTransaction();
            long bytes = records.stream().mapToLong(record -> record.value().length).sum();
            return bytes * 1e3 / (System.nanoTime() - start);
        }
    }

    private Map<String, Object> properties() {
        var properties = new HashMap<String, Object>(cluster.clientProperties());
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "bench-plain-producer");
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "zstd");
        properties.put(ProducerConfig.COMPRESSION_ZSTD_LEVEL_CONFIG, 1);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 100);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_RECORD_BYTES);
        return properties;
    }

    private void create(String name, int partitions) {
        try (var admin = cluster.admin()) {
            var topic = new NewTopic(name, Optional.of(partitions), Optional.empty());
            topic.configs(
                    Map.of(
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            Integer.toString(MAX_RECORD_BYTES)));
            admin.createTopics(List.of(topic)).all().get();
            awaitLeaders(
                    () ->
                            admin.listOffsets(
                                            IntStream.range(0, partitions)
                                                    .boxed()
                                                    .collect(
                                                            Collectors.toMap(
                                                                    p ->
                                                                            new TopicPartition(
                                                                                    name, p),
                                                                    p -> OffsetSpec.latest())))
                                    .all()
                                    .get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic %s can't be made".formatted(name), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a topic was made", e);
        }
    }

    private interface Question {
        Object ask() throws ExecutionException, InterruptedException;
    }

    private static void awaitLeaders(Question offsets) throws InterruptedException {
        while (true) {
            try {
                offsets.ask();
                return;
            } catch (ExecutionException noLeaderYet) {
                Thread.sleep(20);
            }
        }
    }
}
