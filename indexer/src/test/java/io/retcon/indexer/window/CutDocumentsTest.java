package io.retcon.indexer.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.indexer.index.WindowDocuments;
import io.retcon.indexer.match.Boundary;
import io.retcon.indexer.match.CooccurrenceMatcher;
import io.retcon.indexer.match.ItemMatches;
import io.retcon.indexer.match.Overlap;
import io.retcon.indexer.match.SparseRows;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** Documents that a sequence's end cuts match as one; a character is a token here. */
class CutDocumentsTest {
    private static final int T = 16;
    private static final RunManifest MANIFEST =
            RunManifest.newBuilder()
                    .setSequencesPerStep(2)
                    .setTokensPerSequence(T)
                    .setPartitions(3)
                    .setVocabulary(256)
                    .setWidth(TokenWidth.U16)
                    .setEos(0)
                    .setSteps(100)
                    .build();
    private static final List<Item> ITEMS =
            List.of(item("i0", "ab", "cd"), item("i1", "bc", "da"), item("i2", "ad", "bb"));

    private record Part(DocumentRef place, String text, int document) {}

    @SeededTest(tries = 200)
    void everyPartMatchesWhatTheWholeDocumentMatches(Random random) {
        // Given
        var documents = new ArrayList<String>();
        for (int i = 0; i < 1 + random.nextInt(12); i++) {
            var text = new StringBuilder();
            for (int c = 1 + random.nextInt(40); c > 0; c--) {
                text.append((char) ('a' + random.nextInt(4)));
            }
            documents.add(text.toString());
        }
        var parts = packed(documents);
        var matcher = new CooccurrenceMatcher(Overlap.named("reference"), Boundary.named("none"));
        // When
        var texts = JoinedTexts.whole(matcher.begin(ITEMS), MANIFEST);
        parts.forEach(part -> texts.add(part.place, part.text.getBytes(StandardCharsets.UTF_8)));
        var rows = SparseRows.byDocument(texts.end(), parts.size());
        var places = WindowDocuments.of(parts.stream().map(Part::place).toList());
        var window = MatchedWindow.of(places, rows, MANIFEST, Optional.empty());
        // Then
        for (int i = 0; i < parts.size(); i++) {
            assertThat(window.items().row(i))
                    .containsExactly(matched(documents.get(parts.get(i).document)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a, 10, 6, a#2, 1, 0, true",
        "a#2, 0, 16, a#3, 1, 0, true",
        "a#2, 10, 6, a#2#2, 1, 0, true", // Its own name ends like that of a part.
        "a, 10, 5, a#2, 1, 0, false", // An EOS stands between.
        "a, 10, 6, a#2, 1, 1, false", // Not at the next one's beginning.
        "a, 10, 6, a#2, 2, 0, false", // A sequence between.
        "a, 10, 6, a#3, 1, 0, false",
        "a, 10, 6, b#2, 1, 0, false"
    })
    void aPartGoesOnAtTheBeginningOfTheNextSequence(
            String id, int start, int length, String next, int sequence, int at, boolean goesOn) {
        // Given
        var places =
                WindowDocuments.of(
                        List.of(
                                new DocumentRef(id, 3L, 0, start, length),
                                new DocumentRef(next, 3L + sequence / 2, sequence % 2, at, 4)));
        // When
        var window =
                MatchedWindow.of(
                        places,
                        SparseRows.byDocument(
                                sink ->
                                        sink.accept(
                                                new ItemMatches.Scored(
                                                        0, new int[] {1}, new double[] {2.5})),
                                2),
                        MANIFEST,
                        Optional.empty());
        // Then
        assertThat(window.items().values(0))
                .containsExactly(goesOn ? new double[] {2.5} : new double[0]);
        assertThat(window.items().values(1)).containsExactly(2.5);
    }

    private static int[] matched(String text) {
        return IntStream.range(0, ITEMS.size())
                .filter(
                        i ->
                                text.contains(ITEMS.get(i).getSubject().orElseThrow())
                                        && text.contains(ITEMS.get(i).getObject().orElseThrow()))
                .toArray();
    }

    /** As an import packs them: a part fills its sequence, and an EOS ends each document. */
    private static List<Part> packed(List<String> documents) {
        var parts = new ArrayList<Part>();
        int at = 0;
        for (int d = 0; d < documents.size(); d++) {
            var text = documents.get(d);
            for (int done = 0, part = 1; done < text.length(); part++) {
                int length = Math.min(text.length() - done, T - at % T);
                var id = "d" + d + (part == 1 ? "" : "#" + part);
                long sequence = at / T;
                var place = new DocumentRef(id, sequence / 2, (int) (sequence % 2), at % T, length);
                parts.add(new Part(place, text.substring(done, done + length), d));
                done += length;
                at += length;
            }
            at++;
        }
        return parts;
    }

    private static Item item(String id, String subject, String object) {
        return new Item("b", id, "?", List.of("x"), 0, subject, object, null, null);
    }
}
