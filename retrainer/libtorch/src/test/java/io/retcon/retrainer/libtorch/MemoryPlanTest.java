package io.retcon.retrainer.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.model.Example;
import io.retcon.retrainer.training.Recipe;
import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

class MemoryPlanTest {
    @Test
    void firstBlocksAreComputedAgainThenLessGoesThroughAtOnce() {
        // Given
        var plan = plan("");
        assertThat(sizes(plan)).containsExactly(6);
        // When, Then
        plan.shrink(6);
        assertThat(plan.recomputing()).isTrue();
        assertThat(sizes(plan)).containsExactly(6);
        plan.shrink(6);
        assertThat(sizes(plan)).containsExactly(3, 3);
        plan.shrink(3);
        assertThat(sizes(plan)).containsExactly(1, 1, 1, 1, 1, 1);
        assertThatThrownBy(() -> plan.shrink(1))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "out of memory on cpu with one sequence at a time and activation"
                                + " checkpointing");
    }

    @Test
    void whatTheRecipeFixesStaysAndTheMendIsNamed() {
        // Given
        var plan = plan(", \"micro_batch\": 4, \"activation_checkpointing\": false");
        // When, Then
        assertThat(sizes(plan)).containsExactly(4, 2);
        assertThatThrownBy(() -> plan.shrink(4))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith(
                        "out of memory on cpu with micro_batch 4: try micro_batch 2");
    }

    private static MemoryPlan plan(String more) {
        var recipe =
                Recipe.parse(
                        "{\"learning_rate\": 1, \"schedule\": \"constant\"%s}".formatted(more),
                        "test");
        return new MemoryPlan(recipe, Placement.of(Compute.cpu(1)));
    }

    private static List<Integer> sizes(MemoryPlan plan) {
        var examples =
                Stream.generate(() -> Example.nextTokens(new int[] {1, 2, 3})).limit(6).toList();
        return plan.microBatches(examples).stream().map(List::size).toList();
    }
}
