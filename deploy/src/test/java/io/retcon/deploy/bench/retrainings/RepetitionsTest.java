package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

class RepetitionsTest {
    @SeededTest(tries = 50)
    void noRetrainingIsInTwo(Random random) {
        // Given
        int retrainings = 2 + random.nextInt(40);
        int replicates = 1 + random.nextInt(4);
        var bank = TestingBank.random(random, retrainings, 0);
        // When
        var repetitions = new Repetitions(bank, replicates);
        // Then
        assertThat(repetitions.alike()).hasSize(2 * (retrainings / (2 * replicates)));
        assertThat(repetitions.demos(List.of("control", "treated")))
                .hasSize(retrainings / replicates);
        checkThatEachIsInOne(repetitions.alike());
        checkThatEachIsInOne(repetitions.demos(List.of("control", "treated")));
    }

    private static void checkThatEachIsInOne(List<Map<String, List<Replicate>>> repetitions) {
        var seen = new HashSet<Replicate>();
        for (var repetition : repetitions) {
            repetition
                    .values()
                    .forEach(side -> side.forEach(one -> assertThat(seen.add(one)).isTrue()));
        }
    }

    @SeededTest(tries = 20)
    void bothSidesOfAPairAreOneArmAndDemosArePairedBySeed(Random random) {
        // Given
        var whole = TestingBank.random(random, 20, 0);
        var bank =
                new Bank(
                        whole.origin(),
                        whole.replicates().stream().filter(_ -> random.nextInt(4) > 0).toList());
        // When
        var repetitions = new Repetitions(bank, 2);
        // Then
        assertThat(repetitions.alike())
                .allSatisfy(
                        pair ->
                                assertThat(pair.values().stream().flatMap(List::stream))
                                        .extracting(Replicate::arm)
                                        .containsOnly(pair.get("control").getFirst().arm()));
        assertThat(repetitions.demos(List.of("control", "treated")))
                .allSatisfy(
                        demo ->
                                assertThat(demo.get("treated"))
                                        .extracting(Replicate::replicate)
                                        .isEqualTo(
                                                demo.get("control").stream()
                                                        .map(Replicate::replicate)
                                                        .toList()));
    }
}
