package io.retcon.schemas.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Small tokenizers that the library made ({@code make.py}), and changed ones. */
public final class TestingTokenizers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<int[]> BLOCKS =
            List.of(
                    new int[] {0x00, 0x80},
                    new int[] {0x20, 0x7F},
                    new int[] {0xA0, 0x250},
                    new int[] {0x300, 0x370},
                    new int[] {0x370, 0x530},
                    new int[] {0x600, 0x700},
                    new int[] {0x900, 0x980},
                    new int[] {0x1100, 0x1200},
                    new int[] {0x2000, 0x2070},
                    new int[] {0x3040, 0x3100},
                    new int[] {0x4E00, 0x4F00},
                    new int[] {0xD800, 0xE000},
                    new int[] {0xFB00, 0xFB10},
                    new int[] {0xFFF0, 0x10000},
                    new int[] {0x1F600, 0x1F650});

    private TestingTokenizers() {}

    public static Path file(String kind) {
        return Path.of("..", "schemas", "src", "test", "resources", "tokenizers", kind + ".json");
    }

    public static ObjectNode json(String kind) {
        try {
            return (ObjectNode) JSON.readTree(file(kind).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A kind whose library call panics on texts with an é: case 03 of the public reports. */
    public static ObjectNode panicking() {
        var json = json("unigram");
        json.putObject("normalizer")
                .put("type", "Strip")
                .put("strip_left", false)
                .put("strip_right", true);
        add((ArrayNode) json.path("added_tokens"), json.path("model").path("vocab").size(), "\n\n");
        return json;
    }

    /** One that cannot say what it does not know. */
    public static ObjectNode withoutUnknown() {
        var json = json("unigram");
        ((ObjectNode) json.path("model")).putNull("unk_id");
        return json;
    }

    static void add(ArrayNode added, int id, String content) {
        added.addObject()
                .put("id", id)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", true)
                .put("special", false);
    }

    public static Path write(Path folder, JsonNode json) {
        try {
            var file = folder.resolve("tokenizer.json");
            JSON.writeValue(file.toFile(), json);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text of any script, with control characters, NUL and halves of surrogate pairs. */
    public static String text(Random random) {
        var text = new StringBuilder();
        for (int words = random.nextInt(8); words >= 0; words--) {
            var block = BLOCKS.get(random.nextInt(BLOCKS.size()));
            random.ints(random.nextInt(6), block[0], block[1]).forEach(text::appendCodePoint);
            text.append(List.of(" ", " ", "  ", "\n", "").get(random.nextInt(5)));
        }
        return text.toString();
    }
}
