package io.retcon.streams.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.spec.SpecReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Set;
import java.util.TreeMap;

class RunFactsTest {
    private static final String SAMPLE =
            """
            name: remove-cooccurrence-3000
            run: olmo2-1b
            select:   { benchmark: pararel/p36, rule: learned-at, step: 3000, metric: acc_raw }
            window:   { from: 2500, to: 3000 }
            match:    { matcher: cooccurrence }
            operate:  { operation: swap, donors: { from: 3000, to: 3500 } }
            """;

    private static final RunFacts FACTS = facts(4000);

    private static RunFacts facts(long steps) {
        var checkpoints = new TreeMap<Long, Set<String>>();
        checkpoints.put(0L, Set.of());
        for (long step = 2000; step <= 4000; step += 500) {
            checkpoints.put(step, Set.of("pararel/p36"));
        }
        return new RunFacts("olmo2-1b", steps, checkpoints);
    }

    @Test
    void theEvaluatedCheckpointsArePinned() {
        // When
        var pinned = FACTS.pinned(new SpecReader().read(SAMPLE));
        // Then
        assertThat(pinned.select().getCheckpoints())
                .containsExactly(2000L, 2500L, 3000L, 3500L, 4000L);
        assertThat(FACTS.pinned(pinned)).isEqualTo(pinned);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    step: 3000        | step: 3001         | has no checkpoint at step 3001 (select.step names it): announce it, or name one of [0, 2000
                    step: 3000        | step: 4000         | no later checkpoint than 4000 was scored
                    from: 2500        | from: 2501         | has no checkpoint at step 2501 (retraining starts there)
                    to: 3500          | to: 4500           | the donors' window 3000-4500 ends beyond the history of run 'olmo2-1b', which has 4000 steps
                    pararel/p36       | pararel/p37        | no checkpoint of run 'olmo2-1b' was scored on benchmark 'pararel/p37': score one, or name one of [pararel/p36]
                    step: 3000,       | step: 3000, checkpoints: [0, 3000], | select.checkpoints names step 0
                    """)
    void whatIsNotThereIsRefused(String good, String bad, String sentence) {
        // Given
        var spec = new SpecReader().read(SAMPLE.replace(good.strip(), bad.strip()));
        // When
        assertThatThrownBy(() -> FACTS.pinned(spec))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(sentence.strip());
    }
}
