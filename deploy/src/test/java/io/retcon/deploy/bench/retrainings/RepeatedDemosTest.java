package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.retcon.deploy.LocalRun;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class RepeatedDemosTest {
    @TempDir Path folder;

    @Test
    void intervalsOfAPlantedEffectHoldIt() {
        // Given
        var file = folder.resolve("bank.jsonl");
        write(file, TestingBank.random(new Random(3), 60, -6));
        // When
        var said =
                LocalRun.of(
                        new DemosBenchCommand(),
                        "--bank=" + file,
                        "--retrainings=60",
                        "--output=json");
        // Then
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.lines())
                .extracting(line -> line.path("name").textValue())
                .containsExactly(
                        "demos/treated-control/selected/acc_raw",
                        "demos/treated-control/selected/margin",
                        "demos/treated-control/unselected/acc_raw",
                        "demos/treated-control/unselected/margin");
        var margin = said.lines().get(1);
        assertThat(margin.path("ours").doubleValue()).isGreaterThanOrEqualTo(0.8);
        assertThat(margin.path("limit").textValue())
                .contains(" of 20, exact bounds")
                .containsPattern("truth -(5\\.[89]|6\\.[01])")
                .contains("; 0.000 contain 0");
        assertThat(said.lines().get(3).path("limit").textValue())
                .containsPattern("; (0\\.[89]|1\\.0)\\d+ contain 0");
    }

    @Test
    void pairsThatAreAlikeRejectSeldom() {
        // Given
        var file = folder.resolve("bank.jsonl");
        write(file, TestingBank.random(new Random(4), 60, -2));
        // When
        var said =
                LocalRun.of(
                        new AlikeBenchCommand(),
                        "--bank=" + file,
                        "--retrainings=60",
                        "--output=json");
        // Then
        assertThat(said.status()).as(said.err()).isZero();
        assertThat(said.lines())
                .hasSize(4)
                .allSatisfy(
                        line -> {
                            assertThat(line.path("ours").doubleValue()).isLessThan(0.3);
                            assertThat(line.path("limit").textValue()).contains(" of 20, exact");
                        });
    }

    @Test
    void armsThatDifferAreNotAlike() {
        // Given
        var bank = TestingBank.random(new Random(6), 60, -6);
        var mixed =
                new Bank(
                        bank.origin(),
                        IntStream.range(0, 60)
                                .mapToObj(
                                        r ->
                                                TestingBank.replicate(
                                                        "control",
                                                        r,
                                                        bank.of(
                                                                        r / 3 % 2 == 0
                                                                                ? "control"
                                                                                : "treated")
                                                                .get(r)
                                                                .margin()))
                                .toList());
        var file = folder.resolve("mixed.jsonl");
        write(file, mixed);
        mixed.replicates()
                .forEach(
                        one ->
                                new BankFile(file)
                                        .append(
                                                TestingBank.replicate(
                                                        "treated", one.replicate(), one.margin())));
        // When
        var said =
                LocalRun.of(
                        new AlikeBenchCommand(),
                        "--bank=" + file,
                        "--retrainings=60",
                        "--output=json");
        // Then
        assertThat(said.lines().get(1).path("name").textValue()).isEqualTo("aa/selected/margin");
        assertThat(said.lines().get(1).path("ours").doubleValue()).isGreaterThan(0.5);
        assertThat(said.lines().get(1).path("limit").textValue()).contains("do not contain 0.05");
    }

    @SeededTest(tries = 50)
    void theTruthOfADemoIsTheMeanOfTheOthers(Random random) {
        // Given
        var differences =
                IntStream.range(0, 2 + random.nextInt(5))
                        .mapToObj(_ -> List.of(random.nextGaussian(), random.nextGaussian()))
                        .toList();
        int but = random.nextInt(differences.size());
        // When
        var truth = Truth.of(differences, but);
        // Then
        double sum = 0;
        for (int demo = 0; demo < differences.size(); demo++) {
            sum +=
                    demo == but
                            ? 0
                            : differences.get(demo).getFirst() + differences.get(demo).getLast();
        }
        assertThat(truth.mean()).isCloseTo(sum / (2 * differences.size() - 2), within(1e-12));
        assertThat(truth.error()).isPositive();
    }

    @Test
    void oneDemoHasNoOthersToTellItsTruth() {
        // Given
        var file = folder.resolve("bank.jsonl");
        write(file, TestingBank.random(new Random(3), 5, 0));
        // When
        var said = LocalRun.of(new DemosBenchCommand(), "--bank=" + file, "--retrainings=5");
        // Then
        assertThat(said.status()).isEqualTo(3);
        assertThat(said.err()).contains("retrainings for 1 demos of 3 replicates");
        assertThatThrownBy(() -> new Repetitions(new BankFile(file).read(), 0))
                .isInstanceOf(RefusedInput.class);
    }

    private static void write(Path file, Bank bank) {
        var to = new BankFile(file);
        to.open(bank.origin());
        bank.replicates().forEach(to::append);
    }
}
