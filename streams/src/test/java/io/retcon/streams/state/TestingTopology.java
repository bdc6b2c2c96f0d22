package io.retcon.streams.state;

import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.testing.ChaoticRecords;
import io.retcon.schemas.topic.Topic;
import io.retcon.streams.rejects.RejectRefused;
import io.retcon.streams.rejects.RejectUndecodable;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;

/** A topology on a driver without a broker; every topic has one partition. */
public final class TestingTopology implements AutoCloseable {
    private final TopologyTestDriver driver;
    private final Schemas schemas;

    public TestingTopology(Topology topology, Schemas schemas, Path folder) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                RejectUndecodable.class);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, RejectRefused.class);
        settings.put(RejectUndecodable.SCHEMAS, schemas);
        this.driver = new TopologyTestDriver(topology, settings);
        this.schemas = schemas;
    }

    public <V extends SpecificRecord> TestInputTopic<String, V> input(Topic<V> topic) {
        return driver.createInputTopic(
                topic.name(),
                new StringSerializer(),
                new RecordSerde<>(topic, schemas).serializer());
    }

    public <V extends SpecificRecord> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(),
                new StringDeserializer(),
                new RecordSerde<>(topic, schemas).deserializer());
    }

    public TestInputTopic<String, byte[]> rawInput(Topic<?> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), (name, bytes) -> bytes);
    }

    /** Writes chaotic records to each topic, one after the other, and lets a second pass. */
    public void disturb(Random random, int records, Topic<?>... topics) {
        var chaos = new ChaoticRecords(random, schemas);
        for (int i = 0; i < records; i++) {
            for (var topic : topics) {
                var record = chaos.next(topic);
                rawInput(topic).pipeInput(record.key(), record.value());
            }
        }
        passASecond();
    }

    /** Lets punctuators run as often as a second of real time would. */
    public void passASecond() {
        for (int i = 0; i < 100; i++) {
            driver.advanceWallClockTime(Duration.ofMillis(10));
        }
    }

    /** What a store holds now. */
    public <K, V> KeyValueStore<K, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
    }
}
