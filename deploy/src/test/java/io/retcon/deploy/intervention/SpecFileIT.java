package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class SpecFileIT {
    private static final String SPEC =
            """
            name: add
            run: r
            select:  { benchmark: b, rule: all }
            window:  { from: 0, to: 1 }
            match:   { matcher: cooccurrence }
            operate: { operation: insert, topic: %s }
            """;

    @TempDir private Path folder;

    @Test
    void takesTheDocumentsThatATopicHolds() throws Exception {
        try (var data = DataFolder.claim(folder.resolve("data"));
                var stack = Stack.embedded(data, 0, 2, List.of(), part -> {})) {
            var cluster = stack.cluster();
            produce(
                    cluster,
                    "more",
                    "{\"id\": \"z\", \"text\": \"last\"}",
                    "{\"id\": \"a\", \"text\": \"old\"}",
                    "{\"id\": \"a\", \"text\": \"first\"}");
            produce(cluster, "broken", "{\"id\": \"a\"}");
            produce(cluster, "foreign", "<xml/>");
            produce(cluster, "nothing");

            // When
            var spec = spec(cluster, "more");

            // Then
            var documents =
                    List.of(new InsertSpec.Text("a", "first"), new InsertSpec.Text("z", "last"));
            assertThat(spec.read().operate())
                    .containsExactly(new InsertSpec(documents, null, null, null));
            refuses(
                    cluster,
                    "broken",
                    "line 6",
                    "topic broken, partition 0, offset 0: 'text' is missing");
            refuses(cluster, "foreign", "offset 0: not JSON at byte 1");
            refuses(cluster, "nothing", "topic nothing holds no document");
            refuses(cluster, "absent", "no topic 'absent'");
        }
    }

    private void refuses(Cluster cluster, String topic, String... words) throws IOException {
        var spec = spec(cluster, topic);
        assertThatThrownBy(spec::read)
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll(words);
    }

    private SpecFile spec(Cluster cluster, String topic) throws IOException {
        var file = Files.writeString(folder.resolve(topic + ".yaml"), SPEC.formatted(topic));
        return new SpecFile(file, cluster);
    }

    private static void produce(Cluster cluster, String topic, String... documents)
            throws Exception {
        try (var admin = cluster.admin();
                var producer = cluster.producer()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
            for (var document : documents) {
                producer.send(
                                new ProducerRecord<>(
                                        topic, document.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }
}
