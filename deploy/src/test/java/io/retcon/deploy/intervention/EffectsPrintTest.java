package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.report.TestingReports;
import io.retcon.schemas.record.Effect;

import org.junit.jupiter.api.Test;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

class EffectsPrintTest {
    @Command(name = "prints")
    private static final class Prints implements Runnable {
        private final List<Effect> effects;
        @Mixin private OutputOption output;

        Prints(Effect... effects) {
            this.effects = List.of(effects);
        }

        @Override
        public void run() {
            new EffectsPrint(output).print(TestingReports.effects("test", effects));
        }

        String heading() {
            var text = new StringWriter();
            new CommandLine(this).setOut(new PrintWriter(text)).execute();
            return text.toString().lines().findFirst().orElseThrow();
        }
    }

    @Test
    void aColumnInWhichNothingIsSaidIsLeftOut() {
        // Given
        var effect = TestingReports.effect("treated-control", "b", "acc_raw", -0.4, -0.6, -0.2);
        // When
        var heading = new Prints(effect).heading();
        // Then
        assertThat(heading).contains("DETECTS").doesNotContain("NOISE");
    }

    @Test
    void aColumnInWhichOneRowSaysSomethingStays() {
        // Given
        var effect = TestingReports.effect("treated-control", "b", "acc_raw", -0.4, -0.6, -0.2);
        var noisy = Effect.newBuilder(effect).setNoise(0.1).build();
        // When
        var heading = new Prints(effect, noisy).heading();
        // Then
        assertThat(heading).contains("NOISE");
    }
}
