package io.retcon.retrainer.external;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;

class TrainerLogTest {
    private final ArrayList<String> seen = new ArrayList<>();
    private final TrainerLog log = new TrainerLog((step, loss) -> seen.add(step + " " + loss));

    @Test
    void understandsOlmosConsole() {
        // When
        """
        2025-03-01 12:00:00.000 host:0 olmo.train:1241 INFO [step=0/1907359,epoch=0]
        2025-03-01 12:00:01.000 host:0 olmo.train:1241 INFO [step=301/1907359,epoch=0]
            optim/total_grad_norm=0.3021
            train/CrossEntropyLoss=2.719
            train/Perplexity=15.16
        [step=302/1907359,epoch=0]
            train/CrossEntropyLoss=2.7e+0
        """
                .lines()
                .forEach(log::line);
        // Then
        assertThat(seen).containsExactly("300 2.719", "301 2.7");
        assertThat(log.last()).isEqualTo("train/CrossEntropyLoss=2.7e+0");
    }

    @Test
    void understandsLinesOfJson() {
        // When
        log.line("WARNING: Using incubator modules");
        log.line("{\"step\":40,\"loss\":1.25,\"gradientNorm\":0.5}");
        log.line("{\"step\":\"many\",\"loss\":1.25}");
        log.line("{\"loss\":1.25}");
        // Then
        assertThat(seen).containsExactly("40 1.25");
    }

    @Test
    void passesOverWhatOnlyLooksLikeIt() {
        // When
        log.line("train/CrossEntropyLoss=1.5");
        log.line("{\"step\": 7, \"loss\": e+-}");
        log.line("   ");
        // Then
        assertThat(seen).isEmpty();
        assertThat(log.last()).isEqualTo("{\"step\": 7, \"loss\": e+-}");
    }
}
