package io.retcon.deploy.dashboard.board;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.Transaction;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class BoardFeedIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;

    @Test
    void aTombstoneTakesAnInterventionOffTheBoard() throws Exception {
        try (var data = DataFolder.claim(folder);
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {});
                var feed = BoardFeed.start(stack.cluster(), board -> {})) {
            // Given
            try (var transaction = new Transaction(stack.cluster(), "testing-board")) {
                for (var id : List.of("a", "b")) {
                    transaction.send(
                            TopicCatalogue.INTERVENTIONS, id, new Intervention(id, "n", "name: n"));
                }
                transaction.commit();
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> feed.board().interventions().size() == 2);
            // When
            try (var producer = stack.cluster().producer()) {
                producer.send(new ProducerRecord<>(TopicCatalogue.INTERVENTIONS.name(), "a", null))
                        .get();
                producer.send(new ProducerRecord<>(TopicCatalogue.EFFECTS.name(), "b", null)).get();
            }
            // Then
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(feed.board().interventions()).containsOnlyKeys("b"));
        }
    }
}
