package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

class WorldTest {
    private static final World WORLD = World.full(1);

    @SeededTest(tries = 3)
    void isTheSameForTheSameSeed(Random random) {
        // Given
        long seed = random.nextLong();
        // When
        var worlds = List.of(World.quick(seed), World.quick(seed));
        // Then
        assertThat(worlds.getFirst()).isEqualTo(worlds.getLast());
        assertThat(worlds.getFirst()).isNotEqualTo(World.quick(seed + 1));
    }

    @SeededTest(tries = 6)
    void fillsEverySequenceAndEveryStepExactly(Random random) {
        // Given
        var world = World.quick(random.nextLong());
        var size = world.size();
        // When
        var windows = new HashMap<Integer, Long>();
        long position = 0;
        for (var document : world.documents()) {
            long first = position / size.tokensPerSequence();
            position += document.tokens();
            // Then
            assertThat((position - 1) / size.tokensPerSequence())
                    .as("%s lies in one sequence", document)
                    .isEqualTo(first);
            windows.put(document.window(), position);
        }
        long step = (long) size.sequencesPerStep() * size.tokensPerSequence();
        for (int window = 0; window < size.windows(); window++) {
            assertThat(windows.get(window)).isEqualTo(size.window(window).to() * step);
        }
    }

    @SeededTest(tries = 6)
    void mentionsAreLiteral(Random random) {
        // Given
        var world = World.quick(random.nextLong());
        // When
        var words = world.words();
        // Then
        assertThat(new HashSet<>(words)).hasSameSizeAs(words);
        for (var name : names(world)) {
            assertThat(words).filteredOn(word -> word.contains(name)).containsExactly(name);
        }
    }

    @Test
    void tellsTheTruthAboutEveryDocument() {
        // Given
        var facts = WORLD.facts().stream().collect(Collectors.toMap(Fact::id, fact -> fact));
        // When
        for (var document : WORLD.documents()) {
            var words = List.of(document.text().split(" "));
            // Then
            var mentioned =
                    WORLD.facts().stream()
                            .filter(f -> words.contains(f.subject()) && words.contains(f.object()))
                            .map(Fact::id)
                            .toList();
            switch (document.kind()) {
                case STATES, RESTATES, DECOY -> {
                    assertThat(mentioned).containsExactly(document.fact().orElseThrow());
                    assertThat(facts.get(mentioned.getFirst()).window() < document.window())
                            .isEqualTo(document.kind() == Kind.RESTATES);
                }
                case STATES_WITHOUT_SUBJECT ->
                        assertThat(words)
                                .contains(facts.get(document.fact().orElseThrow()).object())
                                .doesNotContainAnyElementsOf(people(WORLD));
                case FILLER -> assertThat(mentioned).isEmpty();
            }
        }
    }

    @Test
    void putsTheNameRightBeforeWhatIsStatedWithoutIt() {
        // Given
        var facts = WORLD.facts().stream().collect(Collectors.toMap(Fact::id, Fact::subject));
        var documents = WORLD.documents();
        // When
        for (int d = 0; d < documents.size(); d++) {
            if (documents.get(d).kind() == Kind.STATES_WITHOUT_SUBJECT) {
                // Then
                assertThat(documents.get(d - 1).text())
                        .contains(facts.get(documents.get(d).fact().orElseThrow()));
            }
        }
    }

    @Test
    void saysEverythingAsOftenAsItsSizeSays() {
        // Given
        var size = WORLD.size();
        // When
        Map<Kind, Long> kinds =
                WORLD.documents().stream()
                        .filter(document -> document.window() == size.treated())
                        .collect(Collectors.groupingBy(WorldDocument::kind, Collectors.counting()));
        // Then
        long facts = size.factsPerWindow();
        assertThat(kinds)
                .containsEntry(Kind.STATES, facts * size.statements())
                .containsEntry(Kind.DECOY, facts * size.decoys())
                .containsEntry(Kind.STATES_WITHOUT_SUBJECT, facts * size.withoutSubject())
                .containsEntry(Kind.RESTATES, facts * size.treated() * size.restatements());
    }

    @Test
    void asksForEveryFactAndNoTownIsAGoodGuess() {
        // Given
        var size = WORLD.size();
        // When
        var items = WORLD.items();
        // Then
        assertThat(items).hasSize(size.facts());
        for (int i = 0; i < items.size(); i++) {
            var fact = WORLD.facts().get(i);
            var item = items.get(i);
            assertThat(item.getQuery()).isEqualTo(fact.subject() + " was born in");
            assertThat(item.getChoices()).isEqualTo(WORLD.towns());
            assertThat(item.getChoices().get(item.getGold())).isEqualTo(fact.object());
        }
        for (int w = 0; w < size.windows(); w++) {
            int window = w;
            assertThat(WORLD.facts().stream().filter(fact -> fact.window() == window))
                    .extracting(Fact::object)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void donorsAndPlacebosOfEveryLengthAreThere() {
        // Given
        int treated = WORLD.size().treated();
        var targets = lengths(d -> d.window() == treated && aboutItsOwn(d, treated));
        // When
        var bystanders = lengths(d -> d.window() == treated && !aboutItsOwn(d, treated));
        var donors = lengths(d -> d.window() == treated + 1 && !aboutItsOwn(d, treated));
        // Then
        targets.forEach(
                (tokens, count) -> {
                    assertThat(bystanders.get(tokens)).as("%d tokens", tokens).isGreaterThan(count);
                    assertThat(donors.get(tokens)).as("%d tokens", tokens).isGreaterThan(count);
                });
    }

    private static Map<Integer, Long> lengths(Predicate<WorldDocument> which) {
        return WORLD.documents().stream()
                .filter(which)
                .collect(Collectors.groupingBy(WorldDocument::tokens, Collectors.counting()));
    }

    /** Whether it co-occurs with a fact that the treated window taught. */
    private static boolean aboutItsOwn(WorldDocument document, int treated) {
        return document.kind() != Kind.STATES_WITHOUT_SUBJECT
                && document.fact()
                        .filter(
                                id ->
                                        WORLD.facts().stream()
                                                .anyMatch(
                                                        f ->
                                                                f.id().equals(id)
                                                                        && f.window() == treated))
                        .isPresent();
    }

    private static List<String> names(World world) {
        return Stream.concat(world.towns().stream(), people(world).stream()).toList();
    }

    private static List<String> people(World world) {
        return world.facts().stream().map(Fact::subject).toList();
    }
}
