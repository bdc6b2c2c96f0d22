package io.retcon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;

class KnownWordsTest {
    private static final KnownWords WORDS =
            new KnownWords(
                    Set.of("warmup_steps", "max_grad_norm", "weight_decay", "betas", "eps"));

    @Test
    void theNearestIsNamed() {
        // When, Then
        assertThat(WORDS.mend("warmup")).isEqualTo(", did you mean warmup_steps?");
        assertThat(WORDS.mend("max_gradient_norm")).isEqualTo(", did you mean max_grad_norm?");
        assertThat(WORDS.mend("weight_decay_")).isEqualTo(", did you mean weight_decay?");
        assertThat(WORDS.mend("beta")).isEqualTo(", did you mean betas?");
        assertThat(WORDS.mend("Eps")).isEqualTo(", did you mean eps?");
    }

    @Test
    void whatIsNearToNothingIsToBeTakenOut() {
        // When, Then
        assertThat(WORDS.mend("xyz")).isEqualTo(": take it out");
        assertThat(WORDS.mend("a")).isEqualTo(": take it out");
        assertThat(WORDS.mend("resume_from_checkpoint")).isEqualTo(": take it out");
    }
}
