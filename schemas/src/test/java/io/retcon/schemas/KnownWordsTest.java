package io.retcon.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class KnownWordsTest {
    private static final KnownWords WORDS =
            new KnownWords(Set.of("warmup_steps", "max_grad_norm", "weight_decay", "betas", "eps"));

    @Test
    void theNearestIsNamed() {
        // When, Then
        assertThat(WORDS.mend("warmup")).isEqualTo(", did you mean warmup_steps?");
        assertThat(WORDS.mend("max_gradient_norm")).isEqualTo(", did you mean max_grad_norm?");
        assertThat(WORDS.mend("weight_decay_")).isEqualTo(", did you mean weight_decay?");
        assertThat(WORDS.mend("beta")).isEqualTo(", did you mean betas?");
        assertThat(WORDS.mend("Eps")).isEqualTo(", did you mean eps?");
        assertThat(WORDS.mend("decay")).isEqualTo(", did you mean weight_decay?");
    }

    @Test
    void moreWordsThanAnybodyReadsAreNotListed() {
        // Given
        var many =
                new KnownWords(
                        IntStream.range(0, 41).mapToObj(i -> "w" + i).collect(Collectors.toSet()));
        // When, Then
        assertThat(many.mend("resume_from_checkpoint")).isEqualTo(": take it out");
    }

    @Test
    void whatIsNearToNothingIsToBeTakenOut() {
        // When, Then
        var others =
                ": take it out, or use one of betas, eps, max_grad_norm, warmup_steps,"
                        + " weight_decay";
        assertThat(WORDS.mend("xyz")).isEqualTo(others);
        assertThat(WORDS.mend("a")).isEqualTo(others);
        assertThat(WORDS.mend("resume_from_checkpoint")).isEqualTo(others);
    }
}
