package io.retcon.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        assertThat(refused.get(0)).contains("corpus.jsonl line 2: not JSON");
        assertThat(refused.get(1)).contains("line 4: 'text' is missing");
        assertThat(refused.get(2)).contains("line 5: not a JSON object");
        assertThat(refused.get(3)).contains("line 6: not JSON");
        assertThat(refused.get(4)).contains("line 7: not JSON (Unexpected end-of-input");
        assertThat(refused).noneMatch(reason -> reason.contains("line: 1"));
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

    private static void fail(RefusedInput e) {
        throw e;
    }
}
