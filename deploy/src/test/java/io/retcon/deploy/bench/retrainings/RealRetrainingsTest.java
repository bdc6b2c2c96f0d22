package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.cli.ProgressLine;
import io.retcon.streams.effects.EstimatedEffect;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The estimator on 70 real retrainings of the demo's quick world, {@code bench retrainings --bank
 * bank.jsonl --retrainings 35}. They are dealt out anew many times, so the repetitions are not
 * independent: this tells whether the estimator became worse, and the benchmarks how good it is.
 */
class RealRetrainingsTest {
    private static final Path BANK =
            Path.of("src/test/resources/io/retcon/deploy/bench/retrainings/quick-world.jsonl.gz");
    private static final int REPLICATES = 3;
    private static final int DEALS = 20;
    private static final ProgressLine LINE = ProgressLine.onStandardError();

    private static List<Bank> deals;

    @BeforeAll
    static void deal() {
        var bank = new BankFile(BANK).read();
        var random = new Random(20);
        deals = IntStream.range(0, DEALS).mapToObj(_ -> renumbered(bank, random)).toList();
    }

    /** The replicates in another order, the same in both arms. */
    private static Bank renumbered(Bank bank, Random random) {
        int size = bank.of("control").size();
        var places = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(places, random);
        return new Bank(
                bank.origin(),
                bank.replicates().stream()
                        .map(
                                one ->
                                        new Replicate(
                                                one.arm(),
                                                places.get(one.replicate()),
                                                one.right(),
                                                one.margin()))
                        .toList());
    }

    @Test
    void armsThatAreAlikeAreSeldomToldApart() {
        // Given
        var pairs = new ArrayList<Map<String, List<Replicate>>>();
        deals.forEach(bank -> pairs.addAll(new Repetitions(bank, REPLICATES).alike()));
        // When
        var trials = Trials.of(deals.getFirst(), pairs, LINE);
        // Then
        assertThat(pairs).hasSize(200);
        for (var items : Items.values()) {
            for (var outcome : Outcome.values()) {
                var rejected =
                        Share.of(
                                trials.of("treated-control", items, outcome),
                                e -> new EstimatedEffect(e).p().orElse(1.0) <= 0.05);
                assertThat(rejected.value())
                        .as("%s %s: %s", items, outcome, rejected.beside(0.05))
                        .isLessThanOrEqualTo(0.08);
            }
        }
    }

    @Test
    void whatADemoPrintsHoldsTheMeanOfTheOthers() {
        // Given
        var arms = List.of("control", "treated");
        for (var bank : deals) {
            // When
            var measured = RepeatedDemos.of(bank, arms, REPLICATES, LINE).measurements();
            // Then
            assertThat(measured)
                    .hasSize(4)
                    .allSatisfy(
                            measurement ->
                                    assertThat(measurement.ours())
                                            .as(measurement.name() + " " + measurement.limit())
                                            .isGreaterThanOrEqualTo(10.0 / 11));
        }
    }
}
