package io.retcon.indexer.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.spec.Bm25Spec;
import io.retcon.schemas.spec.DenseSpec;
import io.retcon.schemas.spec.GivenSpec;
import io.retcon.schemas.spec.MatcherSpec;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

class MatcherTest {
    private static final Encoders NO_ENCODERS = new Encoders(Path.of("nowhere"), 1);

    /** Few letters, so that terms repeat, overlap and contain each other; all lengths of UTF-8. */
    private static final int[] ALPHABET = "ab .é–😀".codePoints().toArray();

    @ParameterizedTest
    @CsvSource({"REFERENCE,NONE", "REFERENCE,WORD", "STRICT,NONE", "STRICT,WORD"})
    void matchesEqualBruteForce(Overlap overlap, Boundary boundary) {
        var oracle = new BruteForce(overlap, boundary);
        for (int seed = 0; seed < 500; seed++) {
            // Given
            var random = new Random(seed);
            var items = randomItems(random);
            var texts = randomTexts(random);
            // When
            var both = run(new CooccurrenceMatcher(overlap, boundary), items, texts);
            var either = run(new OccurrenceMatcher(boundary), items, texts);
            // Then
            assertThat(both)
                    .as("cooccurrence, seed %d", seed)
                    .isEqualTo(slowly(items, texts, oracle::cooccur));
            assertThat(either)
                    .as("occurrence, seed %d", seed)
                    .isEqualTo(slowly(items, texts, oracle::eitherOccurs));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // The only 'York' is part of the only 'New York'.
        "New York,York,REFERENCE,NONE,I love New York.,false",
        "New York,York,REFERENCE,NONE,New York and York,true",
        // Each 'York' lies outside the other 'New York', which strict does not accept.
        "New York,York,REFERENCE,NONE,New York New York,true",
        "New York,York,STRICT,NONE,New York New York,false",
        "New York,York,STRICT,NONE,New York and York,true",
        // Subject and object are the same word: the reference wants two of it.
        "Mali,Mali,REFERENCE,NONE,Mali,false",
        "Mali,Mali,REFERENCE,NONE,Mali and Mali,true",
        "Mali,Mali,STRICT,NONE,Mali and Mali,false",
        // Overlapping without containment is apart.
        "aba,bab,REFERENCE,NONE,abab,true",
        "Oslo,Norway,REFERENCE,NONE,Osloites of Norway,true",
        "Oslo,Norway,REFERENCE,WORD,Osloites of Norway,false",
        "Oslo,Norway,REFERENCE,WORD,Oslo (Norway),true",
        "Oslo,Norway,REFERENCE,NONE,oslo Norway,false",
    })
    void examples(
            String subject,
            String object,
            Overlap overlap,
            Boundary boundary,
            String text,
            boolean expected) {
        // Given
        var pass = new CooccurrenceMatcher(overlap, boundary).pass(List.of(item(subject, object)));
        // When
        var found = pass.match(text.getBytes(StandardCharsets.UTF_8));
        // Then
        assertThat(found).isEqualTo(expected ? List.of(0) : List.of());
    }

    @Test
    void termsOfOneByteAndEmptyAndBrokenTextsAreFine() {
        // Given
        var pass =
                new CooccurrenceMatcher(Overlap.STRICT, Boundary.WORD)
                        .pass(List.of(item("I", "V")));
        var broken = new byte[] {(byte) 0xE2, 'I', (byte) 0x80, 'V', (byte) 0xF0};
        // When, Then
        assertThat(pass.match(new byte[0])).isEmpty();
        assertThat(pass.match(broken)).containsExactly(0);
    }

    @Test
    void noItemsMatchNothing() {
        // Given
        var pass = new CooccurrenceMatcher(Overlap.REFERENCE, Boundary.NONE).begin(List.of());
        // When
        pass.add("text".getBytes(StandardCharsets.UTF_8));
        // Then
        pass.end().forEach(found -> fail("item %d is there", found.item()));
    }

    @SeededTest
    void givenDocumentsAreFoundByTheirIdentifiers(Random random) {
        // Given
        var items = List.of(item("a"), item("b"), item("unasked"));
        var documents =
                random.ints(30, 0, 20).mapToObj(String::valueOf).toList(); // Some lie twice.
        var ids = new HashMap<String, List<String>>();
        for (var item : List.of("a", "b", "not selected")) {
            ids.put(item, random.ints(8, 0, 40).distinct().mapToObj(String::valueOf).toList());
        }
        var pass = new GivenMatcher(ids).begin(items);
        // When
        documents.forEach(document -> pass.add(document, new byte[0]));
        // Then
        pass.end()
                .forEach(
                        found -> {
                            var wanted =
                                    ids.getOrDefault(items.get(found.item()).getId(), List.of());
                            assertThat(IntStream.of(found.documents()).boxed().toList())
                                    .isEqualTo(
                                            IntStream.range(0, documents.size())
                                                    .filter(i -> wanted.contains(documents.get(i)))
                                                    .boxed()
                                                    .toList());
                        });
    }

    @Test
    void givenNamesOfTwoBenchmarksAreToldApart() {
        // Given
        var items = List.of(itemOf("px/p36", "1"), itemOf("px/p19", "1"), itemOf("px/p19", "2"));
        var full = new GivenMatcher(Map.of("px/p19\\:1", List.of("long"), "2", List.of("d")));
        var pass = full.begin(items);
        // When
        pass.add("long", new byte[0]);
        pass.add("d", new byte[0]);
        // Then
        var found = new ArrayList<List<Integer>>();
        pass.end().forEach(of -> found.add(IntStream.of(of.documents()).boxed().toList()));
        assertThat(found).containsExactly(List.of(), List.of(0), List.of(1));
        assertThatThrownBy(() -> new GivenMatcher(Map.of("1", List.of("long"))).begin(items))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll("item '1'", "px/p36\\:1 or px/p19\\:1");
    }

    @Test
    void matchersSayWhichItemsTheyCanHardlyFind() {
        // Given
        var tokyo = terms("東京", "Japan");
        var stop =
                Item.newBuilder(item("s"))
                        .setQuery("the a I")
                        .setChoices(List.of("of", "x"))
                        .build();
        var items = List.of(tokyo, terms("Oslo", "Norway"), stop);
        var bm25 = Bm25Spec.ofBest(3);
        // When, Then
        assertThat(new CooccurrenceMatcher(Overlap.REFERENCE, Boundary.WORD).caveats(items))
                .singleElement()
                .asString()
                .contains("1 of 3 items have terms in a script without blanks", "'東京' of b");
        assertThat(new OccurrenceMatcher(Boundary.NONE).caveats(items)).isEmpty();
        assertThat(Matcher.of(bm25, NO_ENCODERS).caveats(items))
                .singleElement()
                .asString()
                .contains("1 of 3 items ask no word that counts", "'s' of b");
    }

    private static Item terms(String subject, String object) {
        return Item.newBuilder(item(subject))
                .setQuery("capital city")
                .setSubject(subject)
                .setObject(object)
                .build();
    }

    private static Item item(String id) {
        return itemOf("b", id);
    }

    private static Item itemOf(String benchmark, String id) {
        return Item.newBuilder()
                .setBenchmark(benchmark)
                .setId(id)
                .setQuery("q")
                .setChoices(List.of("x", "y"))
                .setGold(0)
                .build();
    }

    @Test
    void nothingGivenIsRefused() {
        var nothing = new GivenSpec(new TreeMap<>(), null, Optional.empty());
        assertThatThrownBy(() -> Matcher.of(nothing, NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("give 'ids'");
        assertThatThrownBy(() -> MatcherSpec.of("given", Map.of()))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("needs 'ids' or 'file'");
    }

    @Test
    void specsNameMatchers() {
        assertThat(Matcher.of(spec("cooccurrence", "strict", "word"), NO_ENCODERS))
                .isEqualTo(new CooccurrenceMatcher(Overlap.STRICT, Boundary.WORD));
        assertThat(Matcher.of(spec("occurrence", "reference", "none"), NO_ENCODERS))
                .isEqualTo(new OccurrenceMatcher(Boundary.NONE));
        assertThatThrownBy(() -> Matcher.of(spec("telepathy", "strict", "word"), NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("telepathy");
        assertThatThrownBy(() -> Matcher.of(spec("cooccurrence", "lax", "word"), NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("lax");
        assertThatThrownBy(() -> Matcher.of(spec("cooccurrence", "strict", "line"), NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line");
    }

    @Test
    void encodersAreNamedAndMustBeThere() {
        assertThatThrownBy(() -> MatcherSpec.of("dense", Map.of("topK", 3)))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("needs 'encoders'");
        assertThatThrownBy(() -> Matcher.of(DenseSpec.ofBest(3, "../dpr"), NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("'../dpr' is no name of encoders");
        assertThatThrownBy(() -> Matcher.of(DenseSpec.ofBest(3, "dpr"), NO_ENCODERS))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("there are no encoders 'dpr'");
    }

    private interface Rule {
        boolean holds(String subject, String object, String text);
    }

    private static List<List<Integer>> run(Matcher matcher, List<Item> items, List<String> texts) {
        var pass = matcher.begin(items);
        texts.forEach(text -> pass.add(text.getBytes(StandardCharsets.UTF_8)));
        var documents = new ArrayList<List<Integer>>();
        pass.end()
                .forEach(found -> documents.add(IntStream.of(found.documents()).boxed().toList()));
        return documents;
    }

    private static List<List<Integer>> slowly(List<Item> items, List<String> texts, Rule rule) {
        return items.stream()
                .map(
                        item ->
                                IntStream.range(0, texts.size())
                                        .filter(
                                                i ->
                                                        rule.holds(
                                                                item.getSubject().orElseThrow(),
                                                                item.getObject().orElseThrow(),
                                                                texts.get(i)))
                                        .boxed()
                                        .toList())
                .toList();
    }

    private static List<Item> randomItems(Random random) {
        var items = new ArrayList<Item>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            items.add(
                    item(
                            randomText(random, 1 + random.nextInt(4)),
                            randomText(random, 1 + random.nextInt(4))));
        }
        return items;
    }

    private static List<String> randomTexts(Random random) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            texts.add(randomText(random, random.nextInt(16)));
        }
        return texts;
    }

    private static String randomText(Random random, int length) {
        int letters = 1 + random.nextInt(ALPHABET.length);
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(ALPHABET[random.nextInt(letters)]);
        }
        return text.toString();
    }

    private static Item item(String subject, String object) {
        return Item.newBuilder()
                .setBenchmark("b")
                .setId(subject + object)
                .setQuery("?")
                .setChoices(List.of("x", "y"))
                .setGold(0)
                .setSubject(subject)
                .setObject(object)
                .build();
    }

    private static MatcherSpec spec(String matcher, String overlap, String boundary) {
        return MatcherSpec.of(matcher, Map.of("overlap", overlap, "boundary", boundary));
    }
}
