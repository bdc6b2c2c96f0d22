package io.retcon.indexer.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;

class TermScannerTest {
    private record Hit(int term, int start) {}

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 26, 256})
    void everyOccurrenceIsFoundInOrderOfStartAndLength(int alphabet) {
        for (int seed = 0; seed < 300; seed++) {
            // Given
            var random = new Random(seed);
            var terms = randomTerms(random, alphabet);
            var text = randomBytes(random, random.nextInt(12_000) >> random.nextInt(12), alphabet);
            // When
            var byTrigrams = scan(new TermScanner(terms, new TrigramSieve(terms)), text);
            var byVectors = scan(new TermScanner(terms, new VectorSieve(terms)), text);
            // Then
            var expected = slowly(terms, text);
            assertThat(byTrigrams).as("alphabet %d, seed %d", alphabet, seed).isEqualTo(expected);
            assertThat(byVectors).as("alphabet %d, seed %d", alphabet, seed).isEqualTo(expected);
        }
    }

    @Test
    void theVectorSievePassesEveryStartOfEveryTerm() {
        for (int seed = 0; seed < 50; seed++) {
            // Given
            var random = new Random(seed);
            var terms = new ArrayList<byte[]>();
            for (int i = 0; i < 1 << random.nextInt(12); i++) {
                terms.add(randomBytes(random, 1 + random.nextInt(12), 256));
            }
            var sieve = new VectorSieve(terms);
            for (var term : terms) {
                var text = randomBytes(random, 2 * StartSieve.STRIDE, 256);
                int start = random.nextInt(StartSieve.STRIDE);
                System.arraycopy(term, 0, text, start, term.length);
                var positions = new int[StartSieve.STRIDE + StartSieve.SLACK];
                // When
                int count = sieve.sift(text, 0, StartSieve.STRIDE, positions);
                // Then
                assertThat(Arrays.copyOf(positions, count))
                        .as("seed %d", seed)
                        .contains(start)
                        .isSorted();
            }
        }
    }

    @Test
    void theVectorSieveTakesOverWithoutATrace() {
        // Given
        var random = new Random(1);
        var terms = randomTerms(random, 26);
        var text = randomBytes(random, 1 << 20, 26);
        var scanner = new TermScanner(terms);
        var hits = new TermHits();
        scanner.scan(text, hits);
        int before = hits.size();
        // When
        for (int megabytes = 1; megabytes <= 257; megabytes++) {
            scanner.scan(text, hits);
        }
        // Then
        assertThat(hits.size()).isEqualTo(before).isPositive();
    }

    @Test
    void hitsOfTheTextBeforeAreForgotten() {
        // Given
        var scanner = new TermScanner(List.of(utf8("a")));
        var hits = new TermHits();
        scanner.scan(utf8("aaaaaaaaaaaa"), hits);
        // When
        scanner.scan(utf8("b"), hits);
        // Then
        assertThat(hits.size()).isZero();
    }

    @Test
    void emptyAndRepeatedTermsAreRefused() {
        assertThatThrownBy(() -> new TermScanner(List.of(new byte[0])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TermScanner(List.of(utf8("x"), utf8("x"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Hit> scan(TermScanner scanner, byte[] text) {
        var hits = new TermHits();
        scanner.scan(text, hits);
        var found = new ArrayList<Hit>();
        for (int i = 0; i < hits.size(); i++) {
            found.add(new Hit(hits.term(i), hits.start(i)));
        }
        return found;
    }

    private static List<Hit> slowly(List<byte[]> terms, byte[] text) {
        var found = new ArrayList<Hit>();
        for (int start = 0; start < text.length; start++) {
            for (int length = 1; length <= text.length - start && length <= 12; length++) {
                for (int term = 0; term < terms.size(); term++) {
                    var bytes = terms.get(term);
                    if (bytes.length == length
                            && Arrays.equals(bytes, 0, length, text, start, start + length)) {
                        found.add(new Hit(term, start));
                    }
                }
            }
        }
        return found;
    }

    private static List<byte[]> randomTerms(Random random, int alphabet) {
        var distinct = new LinkedHashSet<ByteBuffer>();
        int count = 1 + random.nextInt(8);
        for (int i = 0; i < count; i++) {
            distinct.add(ByteBuffer.wrap(randomBytes(random, 1 + random.nextInt(12), alphabet)));
        }
        return distinct.stream().map(ByteBuffer::array).toList();
    }

    private static byte[] randomBytes(Random random, int length, int alphabet) {
        var bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] =
                    (byte) (alphabet == 256 ? random.nextInt(256) : 'a' + random.nextInt(alphabet));
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
