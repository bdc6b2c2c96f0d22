package io.retcon.deploy.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.deploy.stack.ComponentFailed;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.testing.ChaoticRecords;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;
import io.retcon.streams.effects.EffectsJson;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Round after round, absurd records on every topic, an outage of the broker, or a damaged file in
 * the data folder: no round stops the loop, and the intervention beside it ends with the bits of
 * the first. A damage may be refused by name: the folder is then as before, and the loop goes on.
 * {@code -Dretcon.rounds=N} takes more rounds, {@code -Dseed=N} repeats them.
 */
class ChaoticRoundsIT {
    private static final int RECORDS = 40;
    private static final int LONGEST_OUTAGE_MILLIS = 6_000;
    private static final int LONGEST_PAUSE_MILLIS = 2_000;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final long seed = Long.getLong("seed", System.nanoTime() & 0xFFFFFF);
    private final int rounds = Integer.getInteger("retcon.rounds", 3);
    private final Random random = new Random(seed);

    @TempDir private Path folder;
    private Path home;
    private Life life;
    private Optional<DamagedFolder> damage = Optional.empty();

    @BeforeEach
    void nameHome() {
        home = folder.resolve("data");
    }

    @Test
    @Timeout(value = 4, unit = TimeUnit.HOURS)
    void noRoundStopsTheLoop() throws Exception {
        System.out.printf("chaos of %d rounds from seed %d%n", rounds, seed);
        try (var line = ProgressLine.onStandardError()) {
            // Given
            life = new Life(home);
            SoakWorld.train(life.stack.cluster(), home, line);
            life.effects(0).join();
            var undisturbed = life.last;
            for (int round = 1; round <= rounds; round++) {
                // When
                long start = System.nanoTime();
                var what = unlessRefused(round, undisturbed);
                // Then
                System.out.printf(
                        "round %d, %s: %.0f s%n", round, what, (System.nanoTime() - start) / 1e9);
                assertThat(life.last).as("round %d, %s", round, what).isEqualTo(undisturbed);
            }
        } finally {
            life.close();
        }
    }

    /**
     * What a damage does may show in a later round; what is refused is done on the folder before
     * it.
     */
    private String unlessRefused(int round, ObjectNode undisturbed) throws InterruptedException {
        try {
            var what =
                    switch (round % 3) {
                        case 0 -> amongRecords(round);
                        case 1 -> withoutBroker(round);
                        default -> damaged(round);
                    };
            return damage.isPresent() && !life.last.equals(undisturbed)
                    ? restored(round, life.failure(damage.get().damaged()))
                    : what;
        } catch (RuntimeException e) {
            if (damage.isEmpty()) {
                throw e;
            }
            return restored(round, sentence(e));
        }
    }

    private String restored(int round, String refused) {
        life.close();
        restore();
        life = new Life(home);
        life.effects(round).join();
        return "refused: " + refused;
    }

    private String amongRecords(int round) {
        disturb();
        var effects = life.effects(round);
        disturb();
        effects.join();
        return "records";
    }

    private String withoutBroker(int round) throws InterruptedException {
        var effects = life.effects(round);
        Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        var outage = Duration.ofMillis(1 + random.nextInt(LONGEST_OUTAGE_MILLIS));
        life.stack.withoutBroker(outage);
        effects.join();
        return "outage of " + outage;
    }

    private String damaged(int round) {
        life.close();
        restore();
        damage = Optional.of(new DamagedFolder(home, folder.resolve("kept")));
        var what = damage.get().damage(random);
        System.out.println("  damaged: " + what);
        life = new Life(home);
        life.effects(round).join();
        return "damage";
    }

    private void restore() {
        damage.ifPresent(DamagedFolder::restore);
        damage = Optional.empty();
    }

    /** What a user would read: a wait without end, or a bug's trace, is none. */
    private static String sentence(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(
                        cause ->
                                cause instanceof RefusedInput
                                        || cause instanceof ComponentFailed
                                        || String.valueOf(cause.getMessage())
                                                .startsWith("the broker can't start on"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sentence", failure))
                .getMessage();
    }

    private void disturb() {
        var chaos = new ChaoticRecords(random, life.stack.cluster().schemas());
        try (var producer = life.stack.cluster().producer()) {
            for (int i = 0; i < RECORDS; i++) {
                for (var topic : TopicCatalogue.all()) {
                    var record = chaos.next(topic);
                    producer.send(new ProducerRecord<>(topic.name(), record.key(), record.value()));
                }
            }
        }
    }

    /** A stack from its start to its end. */
    private static final class Life implements AutoCloseable {
        private final DataFolder data;
        private final SoakStack stack;
        private ObjectNode last;
        private String followed;
        private boolean closed;

        private Life(Path home) {
            data = DataFolder.claim(home);
            try {
                stack = SoakStack.start(data);
            } catch (RuntimeException e) {
                data.close();
                throw e;
            }
        }

        /** Publishes the round's intervention; ends when its effects are there. */
        private CompletableFuture<ObjectNode> effects(int round) {
            var published = new Publication(stack.cluster()).publish(SoakWorld.spec(round));
            var effects =
                    CompletableFuture.supplyAsync(
                                    () -> follow(published.getId()),
                                    task -> Thread.ofVirtual().start(task))
                            .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var first = CompletableFuture.anyOf(effects, stack.ended());
            return first.thenCompose(ended -> effects);
        }

        /** Why the last intervention's retraining failed, which must name what was damaged. */
        private String failure(Path damaged) {
            var reasons =
                    TopicTable.read(stack.cluster(), TopicCatalogue.RETRAININGS).values().stream()
                            .filter(of -> of.getId().getIntervention().equals(followed))
                            .flatMap(of -> of.getReason().stream())
                            .toList();
            assertThat(reasons)
                    .isNotEmpty()
                    .allSatisfy(
                            reason -> assertThat(reason).contains(damaged.getParent().toString()));
            return reasons.getFirst();
        }

        private ObjectNode follow(String intervention) {
            followed = intervention;
            try (var line = ProgressLine.onStandardError()) {
                var effects = new Follow(stack.cluster(), line).effectsOf(intervention);
                last = EffectsJson.of(effects).without("intervention");
                return last;
            }
        }

        /** Also twice. */
        @Override
        public void close() {
            if (!closed) {
                closed = true;
                stack.close();
                data.close();
            }
        }
    }
}
