package io.retcon.retrainer.fuzzing;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** The kept corpus, each file changed a little, thousands of times, always the same way. */
class FileFormatsMutationTest {
    private static final int TRIES = 600;
    private static final int MOST_CHANGES = 4;

    /** What numbers in headers are likely to be wrong about. */
    private static final List<String> NASTY =
            List.of(
                    "-1",
                    "0",
                    "4294967295",
                    "2147483648",
                    "9223372036854775807",
                    "99999999999999999999",
                    "1e308",
                    "null",
                    "[]",
                    "{}",
                    "\"\"",
                    "../");

    @ParameterizedTest
    @EnumSource(FileTarget.class)
    void isReadOrRefused(FileTarget target) throws Exception {
        // Given
        var seeds = corpus(target);
        var random = new Random(target.ordinal());
        for (int i = 0; i < TRIES; i++) {
            // When
            var bytes = seeds.get(random.nextInt(seeds.size()));
            int changes = 1 + random.nextInt(MOST_CHANGES);
            for (int c = 0; c < changes; c++) {
                bytes = changed(bytes, seeds, random);
            }
            // Then
            var mutant = bytes;
            assertThatCode(() -> target.check(mutant))
                    .as("%s, try %d: %s", target, i, HexFormat.of().formatHex(mutant))
                    .doesNotThrowAnyException();
        }
    }

    private static byte[] changed(byte[] bytes, List<byte[]> seeds, Random random) {
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> flipped(bytes, at, random);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(8)), "");
            case 3 -> spliced(bytes, at, at, NASTY.get(random.nextInt(NASTY.size())));
            case 4 -> numberReplaced(bytes, at, random);
            default -> {
                var other = seeds.get(random.nextInt(seeds.size()));
                var tail = Arrays.copyOfRange(other, Math.min(at, other.length), other.length);
                yield joined(Arrays.copyOf(bytes, at), tail);
            }
        };
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        var flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[at] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /** The next run of digits becomes a nasty number. */
    private static byte[] numberReplaced(byte[] bytes, int at, Random random) {
        int from = at;
        while (from < bytes.length && !Character.isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < bytes.length && Character.isDigit(bytes[to])) {
            to++;
        }
        return spliced(bytes, from, to, NASTY.get(random.nextInt(NASTY.size())));
    }

    private static byte[] spliced(byte[] bytes, int from, int to, String text) {
        return joined(
                joined(Arrays.copyOf(bytes, from), text.getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static List<byte[]> corpus(FileTarget target) throws IOException, URISyntaxException {
        var folder =
                Path.of(
                        FileFormatsFuzzTest.class
                                .getResource(
                                        "FileFormatsFuzzTestInputs/"
                                                + target.name().toLowerCase(Locale.ROOT))
                                .toURI());
        var seeds = new ArrayList<byte[]>();
        try (var files = Files.list(folder)) {
            for (var file : files.sorted().toList()) {
                seeds.add(Files.readAllBytes(file));
            }
        }
        return seeds;
    }
}
