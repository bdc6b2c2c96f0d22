package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.RetconProcess;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.stack.RunningStack;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.Topic;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stack in a process of its own that sleeps as a closed laptop does, or gets thousands of records
 * that nobody can read: the intervention beside ends with the bits that it has without.
 */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
class SleepingStackIT {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Duration ASLEEP = Duration.ofSeconds(15);
    private static final int REJECTS = 10_000;
    private static final int LAST_LINES = 200;

    @TempDir private static Path folder;
    private static RetconProcess stack;
    private static Cluster cluster;
    private static Undisturbed undisturbed;

    @BeforeAll
    static void runUndisturbed() throws Exception {
        var data = folder.resolve("data");
        stack =
                RetconProcess.start(
                        folder.resolve("said"),
                        List.of("up", "--port=0", "--dashboard-port=0", "--data=" + data));
        stack.awaitReady();
        cluster = new Cluster(RunningStack.on(data).bootstrapServers());
        try (var line = ProgressLine.onStandardError()) {
            var spec = Undisturbed.spec(demo(line).prepare());
            undisturbed = Undisturbed.of(cluster, spec, demo(line).effects(spec));
        }
    }

    @AfterAll
    static void end() throws InterruptedException {
        if (stack != null) {
            stack.close();
        }
    }

    @Test
    void aStackThatSleepsGoesOn() throws Exception {
        // Given
        int before = count(TopicCatalogue.REWRITES);
        var effects = begin(undisturbed.twin("asleep"));
        Awaitility.await().atMost(PATIENCE).until(() -> count(TopicCatalogue.REWRITES) > before);
        // When
        stack.signal("STOP");
        Thread.sleep(ASLEEP);
        assertThat(effects).isNotDone();
        stack.signal("CONT");
        // Then
        undisturbed.assertSame(cluster, ended(effects));
    }

    @Test
    void tenThousandRejectsAreCountedAndDisturbNothing() throws Exception {
        // Given
        int before = count(TopicCatalogue.REJECTS);
        var effects = begin(undisturbed.twin("beside rejects"));
        // When
        try (var producer = cluster.producer()) {
            for (int i = 0; i < REJECTS; i++) {
                producer.send(
                        new ProducerRecord<>(
                                TopicCatalogue.INTERVENTIONS.name(),
                                "rubbish-" + i,
                                new byte[] {1, (byte) i}));
            }
        }
        // Then
        undisturbed.assertSame(cluster, ended(effects));
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> count(TopicCatalogue.REJECTS) - before >= REJECTS);
        assertThat(count(TopicCatalogue.REJECTS) - before).isEqualTo(REJECTS);
        stack.assertLives();
    }

    private static CompletableFuture<Effects> begin(InterventionSpec spec) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (var line = ProgressLine.onStandardError()) {
                        return demo(line).effects(spec);
                    }
                },
                task -> Thread.ofVirtual().start(task));
    }

    /** The effects, unless the stack dies or stands still: then it tells what it has said. */
    private static Effects ended(CompletableFuture<Effects> effects) {
        assertThat(CompletableFuture.anyOf(effects, stack.process().onExit()))
                .as(SleepingStackIT::told)
                .succeedsWithin(PATIENCE);
        assertThat(stack.process().isAlive()).as(SleepingStackIT::told).isTrue();
        return effects.join();
    }

    private static String told() {
        try {
            var log = Files.readAllLines(folder.resolve("data/logs/retcon.log"));
            var last = log.subList(Math.max(0, log.size() - LAST_LINES), log.size());
            return stack.words() + String.join(System.lineSeparator(), last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Demo demo(ProgressLine line) {
        return new Demo(cluster, folder, World.of(Undisturbed.SIZE, 3), "asleep", line);
    }

    /** Committed records of a topic. */
    private static int count(Topic<?> topic) {
        var found = new AtomicInteger();
        TopicTable.scan(cluster, topic, (key, value) -> found.incrementAndGet());
        return found.get();
    }
}
