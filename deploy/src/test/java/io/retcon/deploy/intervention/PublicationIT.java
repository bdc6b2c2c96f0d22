package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.record.Manifest;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.schemas.topic.Transaction;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** Who publishes keeps nobody else from publishing at the same time. */
class PublicationIT {
    private static final int PUBLISHERS = 8;
    private static final String STANDING =
            """
            trigger: on-checkpoint
            budget: 4
            after: 0
            name: standing-%d
            run: world
            select: { benchmark: world, rule: learned-at }
            match: { matcher: cooccurrence }
            operate: { operation: swap }
            arms: [control, treated]
            retrain: { replicates: 1 }
            """;

    @TempDir private Path folder;

    @Test
    void severalPublishAtOnce() throws Exception {
        try (var data = DataFolder.claim(folder);
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {});
                var threads = Executors.newFixedThreadPool(PUBLISHERS)) {
            // Given
            writeRun(stack.cluster());
            var publishers =
                    IntStream.range(0, PUBLISHERS)
                            .<Callable<Intervention>>mapToObj(
                                    i -> () -> publish(stack.cluster(), STANDING.formatted(i)))
                            .toList();
            // When
            for (var done : threads.invokeAll(publishers)) {
                done.get();
            }
            // Then
            assertThat(TopicTable.read(stack.cluster(), TopicCatalogue.INTERVENTIONS).values())
                    .extracting(Intervention::getName)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, PUBLISHERS).mapToObj(i -> "standing-" + i).toList());
        }
    }

    @Test
    void whatWasRefusedWantsAnotherName() throws Exception {
        try (var data = DataFolder.claim(folder);
                var stack = Stack.embedded(data, 0, 1, List.of(), part -> {})) {
            // Given
            writeRun(stack.cluster());
            var id = publish(stack.cluster(), STANDING.formatted(0)).getId();
            refuse(stack.cluster(), id);
            // When, Then
            assertThatThrownBy(() -> publish(stack.cluster(), STANDING.formatted(0)))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessage(
                            "intervention %s was refused before: there is no item"
                                    + " 'q'; where that is mended, publish it under another name",
                            id);
            assertThat(publish(stack.cluster(), STANDING.formatted(1)).getId()).isNotEqualTo(id);
        }
    }

    private static void refuse(Cluster cluster, String intervention) {
        var reject =
                Reject.newBuilder()
                        .setTopic(TopicCatalogue.INTERVENTIONS.name())
                        .setPartition(0)
                        .setOffset(0)
                        .setKey(intervention)
                        .setReason("there is no item 'q'")
                        .build();
        try (var transaction = new Transaction(cluster, "refusing")) {
            transaction.send(TopicCatalogue.REJECTS, intervention, reject);
            transaction.commit();
        }
    }

    private static Intervention publish(Cluster cluster, String spec) {
        return new Publication(cluster).publish(new SpecReader().readStanding(spec).orElseThrow());
    }

    private static void writeRun(Cluster cluster) {
        try (var transaction = new Transaction(cluster, "run")) {
            var about =
                    RunManifest.newBuilder()
                            .setSequencesPerStep(1)
                            .setTokensPerSequence(8)
                            .setPartitions(1)
                            .setVocabulary(8)
                            .setWidth(TokenWidth.U16)
                            .setEos(0)
                            .setSteps(4)
                            .build();
            transaction.send(TopicCatalogue.MANIFESTS, "world", new Manifest("world", about));
            transaction.commit();
        }
    }
}
