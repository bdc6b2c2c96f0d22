package io.retcon.indexer.dense;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.tokenizer.Outcome;
import io.retcon.schemas.tokenizer.TestingTokenizers;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

class EncoderTest {
    @TempDir Path folder;

    @Test
    void vectorsEqualTheSlowTwins() {
        // Given
        var questions = TestingEncoder.in(folder, 24);
        var documents = questions.withDocuments(24, 2);
        var texts = texts(new Random(1), 60);
        try (var encoder = new Encoder(folder, 2)) {
            // When
            var asked = texts.stream().map(encoder::question).toList();
            var read = read(encoder, utf8(texts));
            // Then
            for (int i = 0; i < texts.size(); i++) {
                assertSame(asked.get(i), questions.slowly(texts.get(i), 256));
                assertSame(read.get(i), documents.slowly(texts.get(i), 256));
            }
        }
    }

    @Test
    void aTextsVectorDependsOnTheTextAlone() {
        // Given
        TestingEncoder.in(folder, 96);
        var texts = texts(new Random(2), 80);
        var shuffled = new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
        Collections.shuffle(shuffled, new Random(3));
        try (var one = new Encoder(folder, 1);
                var many = new Encoder(folder, 3)) {
            // When
            var together = read(many, utf8(shuffled.stream().map(texts::get).toList()));
            // Then
            for (int i = 0; i < texts.size(); i++) {
                assertThat(together.get(i))
                        .containsExactly(one.question(texts.get(shuffled.get(i))));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"first", "pooled"})
    void poolsAsToldTo(String pooling) {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        tiny.write("encoder.json", "{\"pooling\": \"%s\"}".formatted(pooling));
        tiny.write(
                "question.onnx",
                (pooling.equals("first") ? tiny.tokens() : tiny.pooled()).toBytes());
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var vector = encoder.question("paris france");
            // Then
            assertSame(
                    vector,
                    pooling.equals("first") ? tiny.token(0) : tiny.slowly("paris france", 256));
        }
    }

    @Test
    void prefixesAndUnitLengthAreForTheAsking() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        tiny.write(
                "encoder.json",
                "{\"pooling\": \"mean\", \"questionPrefix\": \"river \", \"documentPrefix\": \"x"
                        + " \", \"normalize\": true}");
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var question = encoder.question("rome");
            var document = read(encoder, utf8(List.of("rome"))).getFirst();
            // Then
            assertSame(question, unit(tiny.slowly("river rome", 256)));
            assertSame(document, unit(tiny.slowly("x rome", 256)));
        }
    }

    @Test
    void longTextsAreCut() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        tiny.write("encoder.json", "{\"pooling\": \"mean\", \"maximumTokens\": 5}");
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var vector = encoder.question("paris france rome italy capital river");
            // Then
            assertSame(vector, tiny.slowly("paris france rome italy capital river", 5));
            assertThat(vector).containsExactly(encoder.question("paris france rome"));
        }
    }

    @Test
    void brokenAndEmptyTextsHaveVectorsToo() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        var broken =
                new byte[] {'p', 'a', 'r', 'i', 's', ' ', (byte) 0xC3, ' ', (byte) 0xFF, 0, 'x'};
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var read = read(encoder, List.of(broken, new byte[0]));
            var surrogate = encoder.question("paris \uD800");
            // Then
            assertThat(read.get(0))
                    .containsExactly(encoder.question(new String(broken, StandardCharsets.UTF_8)));
            assertSame(read.get(1), tiny.slowly("", 256));
            assertThat(surrogate).containsExactly(encoder.question("paris ?"));
        }
    }

    @Test
    void aTextWithoutAnyTokenHasTheZeroVector() {
        // Given
        TestingEncoder.in(folder, 8).write("tokenizer.json", TestingEncoder.tokenizer(Map.of()));
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var read = read(encoder, utf8(List.of(" ", "paris")));
            // Then
            assertThat(read.get(0)).containsOnly(0).hasSize(8);
            assertThat(read.get(1)).doesNotContain(0);
        }
    }

    @Test
    void questionsCanHaveATokenizerOfTheirOwn() {
        // Given
        TestingEncoder.in(folder, 8)
                .write("question-tokenizer.json", TestingEncoder.tokenizer(Map.of()));
        try (var encoder = new Encoder(folder, 1)) {
            // When
            var question = encoder.question("");
            var document = read(encoder, utf8(List.of(""))).getFirst();
            // Then
            assertThat(question).containsOnly(0);
            assertThat(document).doesNotContain(0);
        }
    }

    @Test
    void identityIsOfAllFiles() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        // When
        var before = identity();
        var again = identity();
        tiny.write("encoder.json", "{\"pooling\": \"mean\", \"maximumTokens\": 9}");
        // Then
        assertThat(before).isEqualTo(again).hasSize(64).isNotEqualTo(identity());
    }

    @Test
    void otherInputsAreRefused() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        // When
        tiny.write(
                "question.onnx",
                tiny.hidden(tiny.inputs().input("position_ids", TestingOnnx.INT64, -1, -1))
                        .output("last_hidden_state", TestingOnnx.FLOAT, -1, -1, 8)
                        .toBytes());
        // Then
        assertRefused()
                .hasMessageContaining("question.onnx has the inputs ")
                .hasMessageContaining("int64 position_ids [-1, -1]")
                .hasMessageContaining("an encoder has int64 input_ids [batch, tokens]");
        // When
        tiny.write(
                "question.onnx",
                tiny.hidden(new TestingOnnx().input("input_ids", TestingOnnx.INT32, -1, -1))
                        .output("last_hidden_state", TestingOnnx.FLOAT, -1, -1, 8)
                        .toBytes());
        // Then
        assertRefused().hasMessageContaining("int32 input_ids [-1, -1]");
        // When
        tiny.write(
                "question.onnx",
                tiny.hidden(new TestingOnnx().input("input_ids", TestingOnnx.INT64, 1, 16))
                        .output("last_hidden_state", TestingOnnx.FLOAT, -1, -1, 8)
                        .toBytes());
        // Then
        assertRefused().hasMessageContaining("int64 input_ids [1, 16]");
    }

    @Test
    void outputsThatCannotBePooledAreRefused() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        // When
        tiny.write("question.onnx", tiny.pooled().toBytes());
        // Then
        assertRefused()
                .hasMessageContaining(
                        "outputs float pooler_output [-1, 8], of which none is one of 3"
                                + " dimensions");
        // When
        tiny.write(
                "question.onnx",
                tiny.tokens().output("rows", TestingOnnx.FLOAT, -1, -1, 8).toBytes());
        // Then
        assertRefused().hasMessageContaining("several are ones of 3 dimensions");
        // When
        tiny.write("encoder.json", "{\"pooling\": \"mean\", \"output\": \"last_hidden_state\"}");
        // Then
        assertThat(identity()).hasSize(64);
    }

    @Test
    void aPairOfDifferentDimensionsIsRefused() {
        // When
        TestingEncoder.in(folder, 8).withDocuments(9, 2);
        // Then
        assertRefused()
                .hasMessageContaining("question.onnx")
                .hasMessageContaining("gives 8 numbers and document.onnx 9");
    }

    @Test
    void filesThatAreMissingOrSomethingElseAreRefused() throws Exception {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        for (var file : List.of("encoder.json", "tokenizer.json", "question.onnx")) {
            var content = Files.readAllBytes(folder.resolve(file));
            // When
            Files.delete(folder.resolve(file));
            // Then
            assertRefused().hasMessageContaining(file + " is not there: ");
            // When
            tiny.write(file, "nothing of the kind");
            // Then
            assertRefused().hasMessageContaining(file + " is not ");
            tiny.write(file, content);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"pooling": "max"}                         | pooling 'max' is unknown: say first, mean or pooled
                    {}                                         | 'pooling' is missing
                    []                                         | it is not a JSON object
                    {"pooling": "mean", "maximumTokens": 0}    | maximumTokens is 0: say 1 to 65536
                    {"pooling": "mean", "maximumTokens": "9"}  | 'maximumTokens' is "9"
                    {"pooling": "mean", "normalize": 1}        | 'normalize' is 1: say true or false
                    {"pooling": "mean", "prefix": "query: "}   | 'prefix' is unknown: say documentPrefix,
                    """)
    void settingsThatMeanNothingAreRefused(String settings, String why) {
        // When
        TestingEncoder.in(folder, 8).write("encoder.json", settings);
        // Then
        assertRefused().hasMessageContaining("encoder.json: " + why);
    }

    @Test
    void tokensThatTheModelDoesNotHaveAreRefused() {
        // Given
        var tiny = TestingEncoder.in(folder, 8);
        tiny.write("tokenizer.json", TestingEncoder.tokenizer().replace("\"x\":11", "\"x\":99"));
        try (var encoder = new Encoder(folder, 1)) {
            // Then
            assertThatThrownBy(() -> encoder.questions(List.of("paris", "x")))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("question.onnx cannot read 3 tokens")
                    .hasMessageContaining("give the tokenizer");
        }
    }

    @Test
    void aCutThatLeavesNoRoomForSpecialTokensIsRefused() {
        // When
        TestingEncoder.in(folder, 8)
                .write("encoder.json", "{\"pooling\": \"mean\", \"maximumTokens\": 1}");
        // Then
        assertRefused().hasMessageContaining("tokenizer.json adds 2 special tokens");
    }

    @Test
    void vectorsThatAreNotNumbersAreRefused() {
        // Given
        var tiny = TestingEncoder.in(folder, 2);
        tiny.write(
                "question.onnx",
                tiny.inputs()
                        .tensor("table", new float[][] {{1, 1}, {1, 1}, {Float.NaN, 1}})
                        .gather("table", "input_ids", "last_hidden_state")
                        .output("last_hidden_state", TestingOnnx.FLOAT, -1, -1, 2)
                        .toBytes());
        try (var encoder = new Encoder(folder, 1)) {
            // Then
            assertThatThrownBy(() -> encoder.question("unknown"))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("a vector of length NaN");
        }
    }

    @Test
    void aTextThatEndsTheTokenizersProcessIsRefusedAndAllOthersHaveVectors() {
        // Given
        TestingEncoder.in(folder, 8)
                .write("question.onnx", TestingEncoder.withTokens(folder, 1_600, 8))
                .write("tokenizer.json", TestingTokenizers.panicking().toString());
        var texts =
                IntStream.range(0, 50)
                        .mapToObj(i -> i % 20 == 7 ? "Genève " + i : "cats " + i)
                        .toList();
        try (var encoder = new Encoder(folder, 2)) {
            // When
            var read = encoder.documents(utf8(texts));
            // Then
            for (int i = 0; i < texts.size(); i++) {
                if (i % 20 == 7) {
                    int place = i;
                    assertThatThrownBy(() -> read.get(place).orThrow())
                            .isInstanceOf(RefusedInput.class)
                            .hasMessageContaining("cannot read the text 'Genève " + i + "'")
                            .hasMessageContaining("the tokenizer's process ends on it");
                } else {
                    assertThat(read.get(i).orThrow()).isEqualTo(encoder.question(texts.get(i)));
                }
            }
        }
    }

    @Test
    void documentsThatTheTokenizerCannotTakeCountAsOnesWithoutText() {
        // Given
        TestingEncoder.in(folder, 8)
                .write("question.onnx", TestingEncoder.withTokens(folder, 1_600, 8))
                .write("tokenizer.json", TestingTokenizers.withoutUnknown().toString());
        var vectors = new ArrayList<float[]>();
        var messages = new ArrayList<String>();
        try (var encoder = new Encoder(folder, 1)) {
            var queue = new DocumentQueue(encoder, vectors::add, messages::add);
            // When
            for (var text : List.of("cats", "cats \u2603", "\u2603", "dogs")) {
                queue.add(text.getBytes(StandardCharsets.UTF_8));
            }
            queue.flush();
            // Then
            assertThat(vectors).hasSize(4);
            assertThat(vectors.get(0)).isEqualTo(encoder.question("cats"));
            assertThat(vectors.get(1)).containsOnly(0).hasSize(8);
            assertThat(vectors.get(2)).containsOnly(0);
            assertThat(vectors.get(3)).isEqualTo(encoder.question("dogs"));
            assertThat(messages)
                    .singleElement(STRING)
                    .startsWith("2 documents count as ones without text; the first: encoder ")
                    .contains("cannot read the text 'cats \u2603'", "unk_id");
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
        return assertThatThrownBy(() -> new Encoder(folder, 1).close())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(folder.toString());
    }

    private String identity() {
        try (var encoder = new Encoder(folder, 1)) {
            return encoder.sha256();
        }
    }

    private static void assertSame(float[] found, double[] expected) {
        assertThat(found).hasSize(expected.length);
        for (int d = 0; d < found.length; d++) {
            assertThat((double) found[d]).isCloseTo(expected[d], within(1e-6));
        }
    }

    private static List<float[]> read(Encoder encoder, List<byte[]> documents) {
        return encoder.documents(documents).stream().map(Outcome::orThrow).toList();
    }

    private static double[] unit(double[] vector) {
        double length =
                Math.sqrt(
                        IntStream.range(0, vector.length)
                                .mapToDouble(d -> vector[d] * vector[d])
                                .sum());
        return IntStream.range(0, vector.length).mapToDouble(d -> vector[d] / length).toArray();
    }

    private static List<byte[]> utf8(List<String> texts) {
        return texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toList();
    }

    private static List<String> texts(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                String.join(
                                        " ",
                                        random.ints(
                                                        random.nextInt(40),
                                                        0,
                                                        TestingEncoder.WORDS.size())
                                                .mapToObj(TestingEncoder.WORDS::get)
                                                .toList()))
                .toList();
    }
}
