package io.retcon.streams.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.testing.SeededTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class SequencePackerTest {
    private static final int EOS = 0;

    @SeededTest(tries = 200)
    void sequencesLaidEndToEndAreTheDocumentsWithAnEosAfterEach(Random random) {
        // Given
        int length = 2 + random.nextInt(20);
        var documents = randomDocuments(random);
        var packed = new ArrayList<PackedSequence>();
        var packer = new SequencePacker(length, EOS, packed::add);
        // When
        documents.forEach(packer::add);
        // Then
        var stream =
                documents.values().stream()
                        .flatMapToInt(
                                tokens -> IntStream.concat(IntStream.of(tokens), IntStream.of(EOS)))
                        .toArray();
        var laid = packed.stream().flatMapToInt(s -> IntStream.of(s.tokens())).toArray();
        assertThat(laid).hasSize(stream.length / length * length);
        assertThat(laid).isEqualTo(java.util.Arrays.copyOf(stream, laid.length));
        assertThat(packer.dropped()).isEqualTo(stream.length % length);
    }

    @SeededTest(tries = 200)
    void spansHoldExactlyTheTokensThatAreNoEos(Random random) {
        // Given
        int length = 2 + random.nextInt(20);
        var packed = new ArrayList<PackedSequence>();
        var packer = new SequencePacker(length, EOS, packed::add);
        // When
        randomDocuments(random).forEach(packer::add);
        // Then
        for (var sequence : packed) {
            var covered = new boolean[length];
            for (var span : sequence.documents()) {
                for (int i = span.getStart(); i < span.getStart() + span.getLength(); i++) {
                    assertThat(covered[i]).isFalse();
                    covered[i] = true;
                }
            }
            for (int i = 0; i < length; i++) {
                assertThat(covered[i]).isEqualTo(sequence.tokens()[i] != EOS);
            }
        }
        assertThat(packed.stream().flatMap(s -> s.documents().stream()).map(d -> d.getId()))
                .doesNotHaveDuplicates();
    }

    private static LinkedHashMap<String, int[]> randomDocuments(Random random) {
        var documents = new LinkedHashMap<String, int[]>();
        for (int i = 0; i < 1 + random.nextInt(15); i++) {
            documents.put("d" + i, random.ints(random.nextInt(50), 1, 100).toArray());
        }
        return documents;
    }

    /** What a run's token files would give: the same spans, found again by their EOS tokens. */
    @SeededTest(tries = 100)
    void cuttingTokensAtEosFindsTheSameSpans(Random random) {
        // Given
        int length = 2 + random.nextInt(20);
        var packed = new ArrayList<PackedSequence>();
        randomDocuments(random).forEach(new SequencePacker(length, EOS, packed::add)::add);
        var cutter =
                new TokenSequences(
                        new HistoryShape("r", 1, length, 100, EOS, java.util.Optional.empty()));
        for (var sequence : packed) {
            // When
            var spans = cutter.documents(sequence.tokens(), 0);
            // Then
            assertThat(spans.stream().map(s -> List.of(s.getStart(), s.getLength())).toList())
                    .isEqualTo(
                            sequence.documents().stream()
                                    .map(s -> List.of(s.getStart(), s.getLength()))
                                    .toList());
        }
    }
}
