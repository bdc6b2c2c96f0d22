package io.retcon.indexer.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.retcon.indexer.match.ItemMatches;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

class AgreementTest {
    @Test
    void matchersThatFindNothingHaveNoOverlap() {
        // Given
        var nothing = new ItemMatches.Unscored(0, new int[0]);
        // When
        var agreement = Agreement.of("i", nothing, nothing);
        // Then
        assertThat(agreement)
                .isEqualTo(
                        new Agreement(
                                "i", 0, 0, 0, OptionalDouble.empty(), OptionalDouble.empty()));
    }

    @Test
    void ranksAgreeOnlyWhereBothScore() {
        // Given
        var ranked = new ItemMatches.Scored(0, new int[] {4, 2, 9}, new double[] {3, 2, 1});
        var same = new ItemMatches.Scored(0, new int[] {4, 2, 7}, new double[] {30, 20, 10});
        var reversed = new ItemMatches.Scored(0, new int[] {9, 2, 4}, new double[] {3, 2, 1});
        var plain = new ItemMatches.Unscored(0, new int[] {2, 4});
        // When, Then
        assertThat(Agreement.of("i", ranked, same).rank()).hasValue(1);
        assertThat(Agreement.of("i", ranked, reversed).rank()).hasValue(-1);
        assertThat(Agreement.of("i", ranked, plain).rank()).isEmpty();
        assertThat(Agreement.of("i", ranked, same).overlap()).hasValue(0.5);
    }

    @SeededTest(tries = 100)
    void agreesWithTheDefinitions(Random random) {
        // Given
        var first = randomMatches(random);
        var second = randomMatches(random);
        // When
        var agreement = Agreement.of("i", first, second);
        // Then
        var both = new HashSet<>(IntStream.of(first.documents()).boxed().toList());
        var either = new HashSet<>(both);
        var others = IntStream.of(second.documents()).boxed().toList();
        both.retainAll(others);
        either.addAll(others);
        assertThat(agreement.both()).isEqualTo(both.size());
        if (!either.isEmpty()) {
            assertThat(agreement.overlap().orElseThrow())
                    .isCloseTo((double) both.size() / either.size(), within(1e-15));
        }
        var shared = new ArrayList<>(both);
        double sum = 0;
        double untiedFirst = 0;
        double untiedSecond = 0;
        for (int i = 0; i < shared.size(); i++) {
            for (int j = 0; j < i; j++) {
                double x = score(first, shared.get(i)) - score(first, shared.get(j));
                double y = score(second, shared.get(i)) - score(second, shared.get(j));
                sum += Math.signum(x) * Math.signum(y);
                untiedFirst += x == 0 ? 0 : 1;
                untiedSecond += y == 0 ? 0 : 1;
            }
        }
        if (untiedFirst == 0 || untiedSecond == 0) {
            assertThat(agreement.rank()).isEmpty();
        } else {
            assertThat(agreement.rank().orElseThrow())
                    .isCloseTo(sum / Math.sqrt(untiedFirst * untiedSecond), within(1e-12));
        }
    }

    private static double score(ItemMatches.Scored matches, int document) {
        for (int rank = 0; rank < matches.documents().length; rank++) {
            if (matches.documents()[rank] == document) {
                return matches.scores()[rank];
            }
        }
        throw new AssertionError(document);
    }

    private static ItemMatches.Scored randomMatches(Random random) {
        int[] documents = random.ints(random.nextInt(12), 0, 20).distinct().toArray();
        double[] scores =
                IntStream.of(documents).mapToDouble(i -> random.nextInt(5)).sorted().toArray();
        for (int i = 0; i < scores.length / 2; i++) {
            double score = scores[i];
            scores[i] = scores[scores.length - 1 - i];
            scores[scores.length - 1 - i] = score;
        }
        return new ItemMatches.Scored(0, documents, scores);
    }
}
