package io.retcon.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class JsonLinesTest {
    @TempDir Path folder;

    @Test
    void eachBadLineIsRefusedWithItsNumberAndNothingElseIsLost() throws IOException {
        // Given
        var path = folder.resolve("corpus.jsonl");
        var good = "{\"id\":\"a\",\"text\":\"one\"}\n";
        var out = new java.io.ByteArrayOutputStream();
        out.writeBytes(
                (good + "not json\n\n{\"id\":\"b\"}\n[1]\n").getBytes(StandardCharsets.UTF_8));
        out.writeBytes(new byte[] {'{', '"', 'i', 'd', '"', ':', '"', (byte) 0xC3, '"', '}', '\n'});
        out.writeBytes("{\"id\":\"d\"\n".getBytes(StandardCharsets.UTF_8));
        out.writeBytes("{\"id\":\"c\",\"text\":\"two\"}".getBytes(StandardCharsets.UTF_8));
        Files.write(path, out.toByteArray());
        var documents = new ArrayList<Document>();
        var refused = new ArrayList<String>();
        // When
        new DocumentFile(path).read(documents::add, e -> refused.add(e.getMessage()));
        // Then
        assertThat(documents).extracting(Document::id).containsExactly("a", "c");
        assertThat(refused).hasSize(5);
        assertThat(refused.get(0)).contains("corpus.jsonl line 2: not JSON at byte");
        assertThat(refused.get(1)).contains("line 4: 'text' is missing");
        assertThat(refused.get(2)).contains("line 5: not a JSON object");
        assertThat(refused.get(3)).contains("line 6: not JSON");
        assertThat(refused.get(3)).contains("it is not UTF-8 text");
        assertThat(refused.get(4)).contains("it ends before its object does");
        assertThat(refused).noneMatch(reason -> reason.matches(".*(line: 1|Exception|token).*"));
    }

    @SeededTest(tries = 30)
    void linesOfAnyLengthAreReadWhole(Random random) throws IOException {
        // Given
        var texts = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            texts.add("x".repeat(random.nextInt(200_000)));
        }
        var path = folder.resolve(random.nextBoolean() ? "d.jsonl" : "d.jsonl.gz");
        try (OutputStream plain = Files.newOutputStream(path);
                var out = path.toString().endsWith(".gz") ? new GZIPOutputStream(plain) : plain) {
            for (int i = 0; i < texts.size(); i++) {
                var line = "{\"id\":\"%d\",\"text\":\"%s\"}\n".formatted(i, texts.get(i));
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        }
        List<String> read = new ArrayList<>();
        // When
        new DocumentFile(path).read(d -> read.add(d.text()), JsonLinesTest::fail);
        // Then
        assertThat(read).isEqualTo(texts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up.JSONL", "x.ndjson", "x.jsonl.GZ", "x.jsonl.zst"})
    void namesDoNotDecideWhatAFileIs(String name) throws Exception {
        // Given
        var path = Path.of(JsonLinesTest.class.getResource(name).toURI());
        List<String> read = new ArrayList<>();
        // When
        new DocumentFile(path).read(d -> read.add(d.id()), JsonLinesTest::fail);
        // Then
        assertThat(read).hasSize(32).startsWith("a", "b", "f0", "f1").endsWith("f29");
    }

    @Test
    void whatIsNotReadStopsNoReading() throws IOException {
        // Given
        var path = folder.resolve("odd.jsonl");
        try (var out = Files.newBufferedWriter(path)) {
            out.write("{\"id\": \"a\", \"blob\": \"" + "x".repeat(25_000_000) + "\",");
            out.write("\"deep\": " + "[".repeat(50_000) + "]".repeat(50_000) + ",");
            out.write("\"long\": " + "7".repeat(100_000) + ", \"nan\": [NaN, -Infinity],");
            out.write("\"" + "k".repeat(100_000) + "\": 0, \"text\": \"" + "y".repeat(21_000_000));
            out.write("\"}\n");
        }
        List<Document> read = new ArrayList<>();
        // When
        new DocumentFile(path).read(read::add, JsonLinesTest::fail);
        // Then
        assertThat(read).hasSize(1);
        assertThat(read.getFirst().text()).hasSize(21_000_000);
    }

    @Test
    void oddLinesAreRefusedInOurWords() throws IOException {
        // Given
        var path =
                Files.writeString(
                        folder.resolve("odd.jsonl"),
                        String.join(
                                "\n",
                                "\uFEFF{\"id\": \"a\", \"text\": \"after a mark\"}",
                                "{\"id\": \"b\", \"text\": \"t\", \"id\": \"c\"}",
                                "{\"id\": \"b\", \"text\": \"t\"} {\"id\": \"c\", \"text\": \"t\"}",
                                "{\"x\": " + "[".repeat(200_000),
                                "{\"id\": " + "1".repeat(5000) + "}",
                                "{\"id\": " + "[".repeat(5000) + "]".repeat(5000) + "}",
                                "{\"id\": \"\\ud83d\", \"text\": \"t\"}",
                                "{\"id\": \"\", \"text\": \"t\"}"));
        List<String> read = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        // When
        new DocumentFile(path).read(d -> read.add(d.id()), e -> refused.add(e.getMessage()));
        // Then
        assertThat(read).containsExactly("a");
        assertThat(refused)
                .satisfiesExactly(
                        e -> assertThat(e).endsWith("line 2: 'id' is there twice: leave one out"),
                        e -> assertThat(e).contains("line 3: not JSON: more follows its object"),
                        e -> assertThat(e).contains("line 4: nests deeper than 100,000 levels"),
                        e -> assertThat(e).contains("line 5: 'id' has a number of 5,000 digits"),
                        e -> assertThat(e).contains("line 6: 'id' is [[[", "…: give it as text"),
                        e -> assertThat(e).contains("line 7: 'id' has half of a surrogate pair"),
                        e -> assertThat(e).contains("line 8: 'id' is empty"));
    }

    @Test
    void otherKindsOfFilesAreRefusedAtOnce() throws IOException {
        // Given
        var utf16 =
                Files.writeString(
                        folder.resolve("a.jsonl"), "{\"id\": \"a\"}", StandardCharsets.UTF_16);
        var array = Files.writeString(folder.resolve("b.json"), "[\n {\"id\": \"a\"}\n]");
        var parquet = Files.writeString(folder.resolve("c.jsonl"), "PAR1\u0015\u0004");
        var twice = folder.resolve("d.jsonl.gz");
        try (var out = new GZIPOutputStream(new GZIPOutputStream(Files.newOutputStream(twice)))) {
            out.write('{');
        }
        // When, Then
        assertRefused(utf16, "a.jsonl is UTF-16 text", "iconv -f UTF-16 -t UTF-8");
        assertRefused(array, "b.json is one JSON array", "jq -c '.[]'");
        assertRefused(parquet, "c.jsonl is a Parquet file", "JSON lines");
        assertRefused(twice, "d.jsonl.gz unpacked is compressed with gzip", "gunzip");
    }

    @Test
    void damagedArchivesAreRefusedAndNotCutShort() throws IOException {
        // Given
        var members = new java.io.ByteArrayOutputStream();
        for (var id : List.of("a", "b")) {
            try (var gzip = new GZIPOutputStream(members)) {
                gzip.write(
                        "{\"id\":\"%s\",\"text\":\"\"}\n"
                                .formatted(id)
                                .getBytes(StandardCharsets.UTF_8));
            }
        }
        var whole = members.toByteArray();
        var broken = whole.clone();
        broken[whole.length / 2] ^= 0x40;
        // When, Then
        List<String> read = new ArrayList<>();
        new DocumentFile(Files.write(folder.resolve("whole"), whole))
                .read(d -> read.add(d.id()), JsonLinesTest::fail);
        assertThat(read).containsExactly("a", "b");
        assertRefused(
                Files.write(folder.resolve("broken"), broken),
                "is compressed with gzip and can't be unpacked to its end");
        assertRefused(
                Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 3)),
                "is compressed with gzip and can't be unpacked to its end");
    }

    /** Half a gigabyte in one line: it is passed over, and nothing of it is held. */
    @Test
    void bombsTakeNoMemory() throws IOException {
        // Given
        var path = folder.resolve("bomb.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(path), 1 << 16)) {
            out.write("{\"id\":\"a\",\"text\":\"".getBytes(StandardCharsets.UTF_8));
            var block = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 512; i++) {
                out.write(block);
            }
            out.write("\"}\n{\"id\":\"b\",\"text\":\"\"}\n".getBytes(StandardCharsets.UTF_8));
        }
        List<String> read = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        // When
        new DocumentFile(path).read(d -> read.add(d.id()), e -> refused.add(e.getMessage()));
        // Then
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(300L << 20);
        assertThat(read).containsExactly("b");
        assertThat(refused)
                .singleElement()
                .asString()
                .contains("line 1: has more than 67,108,864 bytes");
    }

    @SeededTest(tries = 400)
    void anyDamageIsReadOrRefused(Random random) throws Exception {
        // Given
        var names = List.of("up.JSONL", "x.jsonl.GZ", "x.jsonl.zst");
        var seed = JsonLinesTest.class.getResource(names.get(random.nextInt(names.size())));
        var bytes = Files.readAllBytes(Path.of(seed.toURI()));
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        int length = random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
        var path = Files.write(folder.resolve("damaged"), Arrays.copyOf(bytes, length));
        List<String> refused = new ArrayList<>();
        // When
        try {
            new DocumentFile(path).read(d -> {}, e -> refused.add(e.getMessage()));
        } catch (RefusedInput e) {
            refused.add(e.getMessage());
        }
        // Then
        assertThat(refused).allMatch(e -> e.contains("damaged") && !e.contains("Exception"));
    }

    private static void assertRefused(Path path, String... said) {
        assertThatThrownBy(() -> new DocumentFile(path).read(d -> {}, e -> {}))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContainingAll(said);
    }

    private static void fail(RefusedInput e) {
        throw e;
    }
}
