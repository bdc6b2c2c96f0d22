package io.retcon.deploy.bench.crash;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.schemas.spec.Arm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Interventions on a cluster, one after another, while its processes are killed and started again:
 * the next one is published when the last is done. Not thread-safe.
 */
final class Trial {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SHORTEST_MILLIS = 200;
    private static final int LONGEST_MILLIS = 4000;

    private final CrashCluster cluster;
    private final CrashWorld world;
    private final ProgressLine line;
    private final List<String> published = new ArrayList<>();
    private final List<Kill> kills = new ArrayList<>();
    private int fallen;

    Trial(CrashCluster cluster, CrashWorld world, ProgressLine line) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.world = requireNonNull(world, "world is null");
        this.line = requireNonNull(line, "line is null");
    }

    /** As many interventions as {@code other} had, and nobody is killed. */
    void runUndisturbed(Trial other) throws InterruptedException {
        try (var pulse = new Pulse(cluster.impatient())) {
            for (int i = 0; i < other.published.size(); i++) {
                publish();
                awaitDone(pulse);
            }
        }
    }

    /** So many kills, each at a moment drawn from the seed while there is work. */
    void run(int count, long seed) throws InterruptedException {
        var random = new Random(seed);
        try (var pulse = new Pulse(cluster.impatient())) {
            publish();
            while (kills.size() < count) {
                Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
                if (done(pulse)) {
                    publish();
                    continue;
                }
                boolean matching = !pulse.matched(cluster.kafka(), published.getLast());
                kills.add(kill(victim(random, matching), matching, pulse));
                var kill = kills.getLast();
                line.note(
                        "kill %d of %d: %s%s, ready after %.1f s, at work after %.1f s"
                                .formatted(
                                        kills.size(),
                                        count,
                                        kill.process(),
                                        matching ? " while matching" : "",
                                        kill.ready(),
                                        kill.recovery()));
            }
            awaitDone(pulse);
        }
    }

    List<Kill> kills() {
        return kills;
    }

    int interventions() {
        return published.size();
    }

    /** Processes that ended by themselves and had to be started again. */
    int fallen() {
        return fallen;
    }

    private void publish() {
        line.stage("intervention " + (published.size() + 1));
        published.add(world.intervene(cluster.kafka(), published.size()));
    }

    private boolean done(Pulse pulse) {
        return pulse.done(published.getLast(), Arm.LABELS);
    }

    private void awaitDone(Pulse pulse) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done(pulse)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "intervention %s is not done after %s"
                                .formatted(published.getLast(), PATIENCE));
            }
            raise();
            Thread.sleep(50);
        }
    }

    /** Matching is short: while it lasts, the indexer is killed every other time. */
    private ChildProcess victim(Random random, boolean matching) {
        var all = cluster.processes();
        var drawn = all.get(random.nextInt(all.size()));
        return matching && random.nextBoolean() ? all.getLast() : drawn;
    }

    private Kill kill(ChildProcess victim, boolean matching, Pulse pulse)
            throws InterruptedException {
        boolean idle = victim.name().equals(CrashCluster.INDEXER) && !matching;
        var last = pulse.of(victim.name());
        long start = System.nanoTime();
        victim.kill();
        victim.start();
        boolean othersAnswer = !cluster.isOnlyBroker(victim);
        var then = othersAnswer ? pulse.of(victim.name()) : last;
        long work = then.orElse(last.orElse(0));
        double ready = 0;
        double moved = 0;
        while (ready == 0 || moved == 0) {
            raise();
            if (ready == 0 && victim.isReady()) {
                ready = (System.nanoTime() - start) / 1e9;
            }
            boolean moves =
                    !idle
                            && (othersAnswer || ready > 0)
                            && pulse.of(victim.name()).orElse(0) > work;
            double now = (System.nanoTime() - start) / 1e9;
            if (moved == 0 && (moves || ready > 0 && (idle || done(pulse)))) {
                moved = now;
            }
            if (now > PATIENCE.toSeconds()) {
                throw new IllegalStateException(
                        "%s does not work again after %s".formatted(victim.name(), PATIENCE));
            }
            Thread.sleep(20);
        }
        return new Kill(victim.name(), ready, moved);
    }

    /** Whoever supervises processes starts again those that ended by themselves. */
    private void raise() {
        for (var process : cluster.processes()) {
            if (!process.isAlive()) {
                fallen++;
                line.note("%s ended by itself: %s".formatted(process.name(), last(process.said())));
                process.start();
            }
        }
    }

    private static String last(String said) {
        return said.lines().reduce((one, other) -> other).orElse("(it said nothing)");
    }
}
