package io.retcon.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.testing.TestingRegistry;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RegistrySchemasTest {
    private static final Item ITEM =
            new Item("b", "1", "q", List.of("x", "y"), 1, null, "ö", null, null);
    private TestingRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = TestingRegistry.start();
    }

    @AfterEach
    void end() {
        registry.close();
    }

    private RegistrySchemas schemas() {
        return RegistrySchemas.of(Map.of(RegistrySchemas.URL, registry.url() + "/"));
    }

    @Test
    void whatOneWritesAnotherReads() {
        // Given
        var bytes =
                new RecordSerde<>(TopicCatalogue.ITEMS, schemas())
                        .serializer()
                        .serialize("t", ITEM);
        // When
        var read =
                new RecordSerde<>(TopicCatalogue.ITEMS, schemas())
                        .deserializer()
                        .deserialize("t", bytes);
        // Then
        assertThat(read).isEqualTo(ITEM);
        assertThat(registry.subjects()).containsOnly("retcon.items-value");
    }

    @Test
    void theRegistryIsAskedOnceASchema() {
        // Given
        var schemas = schemas();
        int id = schemas.idOf("a", TopicCatalogue.ITEMS.schema());
        // When
        int again = schemas.idOf("a", TopicCatalogue.ITEMS.schema());
        // Then
        assertThat(again).isEqualTo(id);
        assertThat(registry.subjects()).hasSize(1);
    }

    @Test
    void anIdThatNobodyRegisteredIsNoRecordOfOurs() {
        // Given
        var schemas = schemas();
        // When
        assertThatThrownBy(() -> schemas.byId(77))
                // Then
                .isInstanceOf(SerializationException.class)
                .hasMessage("no schema is registered under id 77");
    }

    @Test
    void aRegistryThatFailsForAMomentIsAskedAgain() {
        // Given
        registry.fail(2);
        // When
        int id = schemas().idOf("a", TopicCatalogue.ITEMS.schema());
        // Then
        assertThat(id).isPositive();
    }

    @Test
    void aRegistryThatIsAwayIsNoFaultOfTheRecord() {
        // Given
        var nobody = List.of(URI.create("http://127.0.0.1:1"));
        var schemas = new RegistrySchemas(nobody, Optional.empty(), Duration.ZERO);
        // When
        assertThatThrownBy(() -> schemas.byId(1))
                // Then
                .isInstanceOf(RegistryAway.class)
                .hasMessageContaining("http://127.0.0.1:1")
                .hasMessageContaining(RegistrySchemas.URL);
    }

    @Test
    void theUserIsNamedToTheRegistryAndNotToKafka() {
        // Given
        var properties =
                Map.of(
                        RegistrySchemas.URL,
                        registry.url(),
                        RegistrySchemas.USER,
                        "ada:lovelace",
                        "client.id",
                        "c");
        var cluster = new Cluster("127.0.0.1:1", properties);
        // When
        cluster.schemas().idOf("a", TopicCatalogue.ITEMS.schema());
        // Then
        assertThat(registry.authorization()).contains("Basic YWRhOmxvdmVsYWNl");
        assertThat(cluster.clientProperties()).isEqualTo(Map.of("client.id", "c"));
        assertThat(cluster.with(Map.of()).schemas()).isSameAs(cluster.schemas());
    }

    @Test
    void anAddressThatIsNoneIsRefused() {
        // Given
        var properties = Map.of(RegistrySchemas.URL, "registry:8081");
        // When
        assertThatThrownBy(() -> RegistrySchemas.of(properties))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("http://host:port");
    }
}
