package io.retcon.streams.walking;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Reject;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.RecordSerde;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.streams.state.Routed;

import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;

class HistoryWalkTest {
    private static final int PARTITIONS = 3;

    @TempDir File folder;
    private final List<StateStore> stores = new ArrayList<>();

    @AfterEach
    void closeStores() {
        stores.forEach(StateStore::close);
    }

    @SeededTest(tries = 10)
    void aWalkThatIsKilledAnywhereSendsWhatAnUndisturbedOneSends(Random random) {
        // Given
        var history = TestingHistory.random(random, 8, 5, 60, PARTITIONS);
        int partition = random.nextInt(PARTITIONS);
        var plans = shuffled(plansIn(partition, random, history), random);
        var undisturbed = task(history, partition);
        start(undisturbed, history).collect(plans).walk(1_000);
        // When
        var killed = task(history, partition);
        start(killed, history).collect(plans).walk(random.nextInt(6));
        while (sent(killed).size() < sent(undisturbed).size()) {
            start(killed, history).walk(1 + random.nextInt(6));
        }
        start(killed, history).collect(plans).walk(1_000);
        // Then
        assertThat(sent(killed)).isEqualTo(sent(undisturbed));
        assertThat(sent(undisturbed)).isSorted().doesNotHaveDuplicates().isNotEmpty();
    }

    @SeededTest(tries = 3)
    void aGapInHistoryFailsTheInterventionAndNothingElse(Random random) {
        // Given
        var history = TestingHistory.random(random, 8, 5, 60, 1);
        var gappy =
                new TestingHistory(
                        8,
                        5,
                        1,
                        history.sequences().stream().filter(s -> s.getStep() >= 4).toList());
        var plans = TestingPlans.random(random, history, "treated").withClosing(0);
        var task = task(gappy, 0);
        // When
        start(task, gappy).collect(plans).walk(1_000);
        // Then
        assertThat(task.context().forwarded())
                .extracting(forwarded -> ((Routed<?>) forwarded.record().value()).value())
                .filteredOn(Reject.class::isInstance)
                .singleElement()
                .satisfies(
                        reject ->
                                assertThat(((Reject) reject).getReason())
                                        .contains("gap in partition 0"));
    }

    /** A task's context and stores, which outlive the processor. */
    private record Task(
            MockProcessorContext<String, Routed<?>> context, HistoryWalks<Plan> walks) {}

    /** The processor that runs in a task until it is killed. */
    private record Running(
            Processor<String, Plan, String, Routed<?>> walk,
            MockProcessorContext<String, Routed<?>> context) {
        Running collect(List<Plan> plans) {
            plans.forEach(plan -> walk.process(new Record<>("key", plan, 0)));
            return this;
        }

        void walk(int stretches) {
            var punctuator = context.scheduledPunctuators().getLast().getPunctuator();
            for (int i = 0; i < stretches; i++) {
                punctuator.punctuate(i);
            }
        }
    }

    private Task task(TestingHistory history, int partition) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        var context =
                new MockProcessorContext<String, Routed<?>>(
                        settings,
                        new TaskId(0, partition),
                        new File(folder, Integer.toString(stores.size())));
        var plans = new RecordSerde<>(TopicCatalogue.PLANS, new ContentAddressedSchemas());
        var walks =
                new HistoryWalks<>(
                        "test", plans, new Naming(), history, new Pace(Duration.ofMillis(1), 2));
        for (StoreBuilder<?> builder : walks.stores()) {
            var store = builder.withLoggingDisabled().withCachingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            stores.add(store);
        }
        return new Task(context, walks);
    }

    private static Running start(Task task, TestingHistory history) {
        assertThat(task.walks().history()).isEqualTo(history);
        var walk = task.walks().get();
        walk.init(task.context());
        return new Running(walk, task.context());
    }

    private static List<String> sent(Task task) {
        return task.context().forwarded().stream()
                .map(forwarded -> (String) forwarded.record().key())
                .toList();
    }

    private static List<Plan> plansIn(int partition, Random random, TestingHistory history) {
        var all = new ArrayList<Plan>();
        for (var arm : List.of("placebo", "treated")) {
            var here =
                    TestingPlans.random(random, history, arm).plans().stream()
                            .filter(plan -> liesIn(partition, plan, history))
                            .toList();
            all.addAll(new TestingPlans(arm, here).withClosing(partition));
        }
        return all;
    }

    private static boolean liesIn(int partition, Plan plan, TestingHistory history) {
        var target = plan.getTarget().orElseThrow();
        long g = target.getStep() * history.sequencesPerStep() + target.getSequence();
        return g % PARTITIONS == partition;
    }

    private static <T> List<T> shuffled(List<T> list, Random random) {
        var copy = new ArrayList<>(list);
        Collections.shuffle(copy, random);
        return copy;
    }

    /** Says where it has been. */
    private static final class Naming implements Errands<Plan> {
        @Override
        public String stage() {
            return "name";
        }

        @Override
        public Plan plan(Plan plan) {
            return plan;
        }

        @Override
        public Optional<DocumentRef> destination(Plan plan) {
            return plan.getTarget();
        }

        @Override
        public Errand<Plan> begin(Plan closing, int partition) {
            return new Errand<>() {
                @Override
                public List<Record<String, Routed<?>>> visit(
                        HistorySequence sequence, List<Plan> work) {
                    return List.of(
                            named(
                                    closing,
                                    "%03d %03d %d"
                                            .formatted(
                                                    sequence.getStep(),
                                                    sequence.getSequence(),
                                                    work.size())));
                }

                @Override
                public List<Record<String, Routed<?>>> report(long done, long total) {
                    return List.of();
                }

                @Override
                public List<Record<String, Routed<?>>> finish() {
                    return List.of(named(closing, "end"));
                }
            };
        }

        private static Record<String, Routed<?>> named(Plan closing, String name) {
            return new Record<>(closing.getArm() + " " + name, new Routed<>(0, closing), 0);
        }
    }
}
