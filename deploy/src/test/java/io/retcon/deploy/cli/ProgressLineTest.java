package io.retcon.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.cli.ProgressLine.Target;
import io.retcon.schemas.record.Progress;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

class ProgressLineTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long now = 1;

    @Test
    void saysAtMostALineEveryTwoSecondsElsewhereThanOnATerminal() {
        // When
        try (var progress = progress(Target.PLAIN)) {
            for (int done = 0; done <= 500; done++) {
                progress.update("steps", done, 1_000);
                pass(10);
            }
        }

        // Then
        assertThat(text().lines())
                .containsExactly(
                        "steps  0/1,000 (0%)",
                        "steps  200/1,000 (20%)  100/s  0:08 left",
                        "steps  400/1,000 (40%)  100/s  0:06 left",
                        "steps  500/1,000 (50%)  100/s  0:05 left");
    }

    @Test
    void saysAtOnceThatAStageIsDoneOrAnotherBegins() {
        // When
        try (var progress = progress(Target.PLAIN)) {
            progress.update("matching", 0, 3);
            pass(100);
            progress.update("matching", 1, 3);
            progress.update("matching", 3, 3);
            progress.update("matching", 3, 3);
            progress.stage("planning");
        }

        // Then
        assertThat(text().lines())
                .containsExactly("matching  0/3 (0%)", "matching  3/3 (100%)", "planning");
    }

    @Test
    void countsTheRateOfAResumedStageFromWhereItWas() {
        // When
        try (var progress = progress(Target.PLAIN)) {
            progress.update("steps", 400, 600);
            pass(2_000);
            progress.update("steps", 500, 600);
        }

        // Then
        assertThat(text().lines())
                .containsExactly("steps  400/600 (66%)", "steps  500/600 (83%)  50.0/s  0:02 left");
    }

    @Test
    void saysHowATrainingGoesByWhatItSaysOfItself() {
        // When
        try (var progress = progress(Target.PLAIN)) {
            progress.update("retrain control-0", training(0).build());
            pass(3_000);
            progress.update(
                    "retrain control-0",
                    training(2)
                            .setLoss(3.14159)
                            .setTokensPerSecond(12_345.6)
                            .setSecondsLeft(72.0)
                            .build());
            pass(3_000);
            progress.update(
                    "retrain control-0",
                    training(8)
                            .setLoss(3.0)
                            .setTokensPerSecond(12_345.6)
                            .setSecondsLeft(0.0)
                            .build());
        }

        // Then
        assertThat(text().lines())
                .containsExactly(
                        "retrain control-0  0/8 (0%)",
                        "retrain control-0  2/8 (25%)  loss 3.142  12,346 tokens/s  1:12 left",
                        "retrain control-0  8/8 (100%)  loss 3.000  12,346 tokens/s");
    }

    private static Progress.Builder training(long done) {
        return Progress.newBuilder()
                .setIntervention("i")
                .setStage("retrain")
                .setDone(done)
                .setTotal(8)
                .setRate(0)
                .setUnit("steps");
    }

    @Test
    void writesOverItsLineOnATerminalAndLeavesNothing() {
        // When
        try (var progress = progress(Target.TERMINAL)) {
            progress.update("steps", 0, 10);
            pass(1_000);
            progress.update("steps", 5, 10);
        }

        // Then
        assertThat(text())
                .isEqualTo(
                        "\r"
                                + "\u001b[Ksteps  0/10 (0%)\r"
                                + "\u001b[Ksteps  5/10 (50%)  5.0/s  0:01 left\r"
                                + "\u001b[K");
    }

    private ProgressLine progress(Target target) {
        return new ProgressLine(
                new PrintStream(bytes, true, StandardCharsets.UTF_8), target, () -> now);
    }

    private void pass(long milliseconds) {
        now += TimeUnit.MILLISECONDS.toNanos(milliseconds);
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
