package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MatcherCheckTest {

    @Test
    void coOccurrenceMissesWhatNamesNobodyAndTakesDecoys() {
        // Given
        var world = World.quick(3);
        var size = world.size();
        var facts =
                world.facts().stream().filter(f -> f.window() == size.treated()).limit(5).toList();
        var matched =
                world.documents().stream()
                        .filter(
                                d ->
                                        facts.stream()
                                                .anyMatch(
                                                        f ->
                                                                d.text().contains(f.subject())
                                                                        && d.text()
                                                                                .contains(
                                                                                        f
                                                                                                .object())))
                        .map(WorldDocument::id)
                        .toList();
        // When
        var truth = new MatcherCheck(world).of(facts.stream().map(Fact::id).toList(), matched);
        // Then
        double states = size.statements();
        assertThat(truth.precision()).isCloseTo(states / (states + size.decoys()), within(1e-12));
        assertThat(truth.recall())
                .isCloseTo(states / (states + size.withoutSubject()), within(1e-12));
        assertThat(truth.rows().getLast().matched()).isZero();
    }
}
