package io.retcon.deploy.bench.soak;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.intervention.Follow;
import io.retcon.deploy.intervention.Publication;
import io.retcon.schemas.record.Effects;
import io.retcon.streams.effects.EffectsJson;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Interventions one after another on one stack, which is disturbed while it works, until the time
 * is over. Not thread-safe.
 */
final class Soak {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int LONGEST_PAUSE_MILLIS = 3_000;
    private static final int SHORTEST_OUTAGE_MILLIS = 1_000;

    /** How long a soak is and what it does to its stack. */
    record Plan(Duration length, Duration longestOutage, int rejects, long seed) {}

    /**
     * How a soak went.
     *
     * @param differing rounds whose effects were not those of the first, undisturbed one
     * @param broken why it ended before its time, if it did
     */
    record Outcome(List<SoakRound> rounds, int differing, Optional<String> broken) {}

    private final SoakStack stack;
    private final Plan plan;
    private final ProgressLine line;
    private final Random random;

    Soak(SoakStack stack, Plan plan, ProgressLine line) {
        this.stack = requireNonNull(stack, "stack is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.line = requireNonNull(line, "line is null");
        this.random = new Random(plan.seed());
    }

    Outcome run() throws InterruptedException {
        var rounds = new ArrayList<SoakRound>();
        var broken = Optional.<String>empty();
        int differing = 0;
        long start = System.nanoTime();
        try (var rubbish = new Rubbish(stack.cluster())) {
            ObjectNode first = null;
            while (System.nanoTime() - start < plan.length().toNanos() || rounds.size() < 2) {
                var disturbance = drawn(rounds.size());
                line.stage("round %d (%s)".formatted(rounds.size() + 1, disturbance.text()));
                var effects = round(disturbance, rubbish, start, rounds);
                first = first == null ? effects : first;
                differing += effects.equals(first) ? 0 : 1;
                note(rounds.getLast(), rounds.size());
            }
        } catch (CompletionException e) {
            broken =
                    Optional.of(
                            "round %d came to no end: %s".formatted(rounds.size() + 1, reason(e)));
            line.note(broken.get());
        }
        return new Outcome(rounds, differing, broken);
    }

    /** The first is left alone, the next two see a restart and an outage, the others what comes. */
    private Disturbance drawn(int round) {
        return switch (round) {
            case 0 -> Disturbance.NONE;
            case 1 -> Disturbance.RESTART;
            case 2 -> Disturbance.OUTAGE;
            default ->
                    Disturbance.values()[random.nextInt(Disturbance.values().length)];
        };
    }

    private ObjectNode round(
            Disturbance disturbance, Rubbish rubbish, long start, List<SoakRound> rounds)
            throws InterruptedException {
        long published = System.nanoTime();
        var intervention = new Publication(stack.cluster()).publish(SoakWorld.spec(rounds.size()));
        var started = OptionalDouble.empty();
        var recovered = OptionalDouble.empty();
        if (disturbance != Disturbance.NONE) {
            Thread.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
        }
        switch (disturbance) {
            case NONE -> {}
            case RESTART -> started = OptionalDouble.of(restart(rubbish));
            case OUTAGE -> {
                stack.withoutBroker(outage());
                recovered = OptionalDouble.of(answered(rubbish, 1));
            }
        }
        answered(rubbish, plan.rejects());
        var effects = unlessAComponentDies(() -> effects(intervention.getId()));
        double seconds = secondsSince(published);
        rounds.add(
                new SoakRound(
                        secondsSince(start) / 60,
                        disturbance,
                        seconds,
                        started,
                        recovered,
                        rubbish.refused(),
                        Footprint.now()));
        return anonymous(effects);
    }

    private double restart(Rubbish rubbish) {
        long start = System.nanoTime();
        stack.restartComponents();
        answered(rubbish, 1);
        return secondsSince(start);
    }

    private Duration outage() {
        int longest = Math.toIntExact(plan.longestOutage().toMillis());
        return Duration.ofMillis(
                longest <= SHORTEST_OUTAGE_MILLIS
                        ? longest
                        : random.nextInt(SHORTEST_OUTAGE_MILLIS, longest));
    }

    private double answered(Rubbish rubbish, int records) {
        return unlessAComponentDies(() -> rubbish.refuse(records));
    }

    private Effects effects(String intervention) {
        return new Follow(stack.cluster(), line).effectsOf(intervention);
    }

    private <T> T unlessAComponentDies(Supplier<T> work) {
        var done =
                CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task))
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        CompletableFuture.anyOf(done, stack.ended()).join();
        return done.join();
    }

    private static String reason(CompletionException e) {
        return e.getCause() instanceof TimeoutException
                ? "nothing within " + PATIENCE
                : e.getCause().toString();
    }

    private static ObjectNode anonymous(Effects effects) {
        return EffectsJson.of(effects).without("intervention");
    }

    private void note(SoakRound round, int number) {
        line.note(
                "round %d at minute %.1f: %s, effects after %.1f s; %,d MB resident, %,d MB heap, %d threads, %d handles"
                        .formatted(
                                number,
                                round.minute(),
                                round.disturbance().text(),
                                round.seconds(),
                                round.footprint().residentBytes() >> 20,
                                round.footprint().heapBytes() >> 20,
                                round.footprint().threads(),
                                round.footprint().handles()));
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }
}
