package io.retcon.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.spec.Donors;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.tokenizer.Tokenizer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

class WorldFilesTest {
    private static final World WORLD = World.full(7);
    @TempDir private static Path folder;
    private static WorldFiles files;

    @BeforeAll
    static void write() throws IOException {
        files = WorldFiles.write(WORLD, "world", folder.resolve("world"));
    }

    @Test
    void sameSeedSameBytes() throws IOException {
        // Given
        var again = World.full(7);
        // When
        var copy = WorldFiles.write(again, "world", folder.resolve("copy"));
        // Then
        assertThat(hashes(copy)).isEqualTo(hashes(files));
    }

    @Test
    void everyTextComesBackFromItsTokens() {
        // Given
        try (var tokenizer = Tokenizer.ofFile(files.tokenizer())) {
            for (var document : WORLD.documents().subList(0, 2000)) {
                // When
                var tokens = tokenizer.encode(document.text());
                // Then
                assertThat(tokens).hasSize(document.tokens() - 1).doesNotContain(0, 1);
                assertThat(tokenizer.decode(tokens)).isEqualTo(document.text());
            }
        }
    }

    @Test
    void everySentenceAndNameIsMadeOfKnownWords() {
        // Given
        try (var tokenizer = Tokenizer.ofFile(files.tokenizer())) {
            var fact = WORLD.facts().getFirst();
            for (var sentence : Phrasebook.all().toList()) {
                // When
                var tokens = tokenizer.encode(sentence.about(fact.subject(), fact.object()));
                // Then
                assertThat(tokens).as(sentence.pattern()).doesNotContain(1);
            }
            for (var name : WORLD.words()) {
                assertThat(tokenizer.encode(name)).as(name).hasSize(1).doesNotContain(1);
            }
        }
    }

    @Test
    void endOfTextIsTokenZeroAndTheModelHasTheTokenizersWords() throws IOException {
        // Given
        var config = json(files.config());
        try (var tokenizer = Tokenizer.ofFile(files.tokenizer())) {
            // When
            var eos = tokenizer.eos();
            // Then
            assertThat(eos).hasValue(0);
            assertThat(config.get("vocab_size").asInt()).isEqualTo(tokenizer.vocabulary());
        }
    }

    @Test
    void theSpecIsAccepted() throws IOException {
        // Given
        var yaml = Files.readString(files.spec());
        // When
        var spec = new SpecReader().read(yaml);
        // Then
        var size = WORLD.size();
        assertThat(spec.window().getTo()).isEqualTo(size.window(size.treated()).to());
        assertThat(spec.select().getStep()).hasValue(spec.window().getTo());
        assertThat(Donors.of(spec).orElseThrow().window().from()).isEqualTo(spec.window().getTo());
        assertThat(size.checkpoints())
                .contains(spec.window().getFrom(), spec.window().getTo())
                .endsWith(size.steps());
    }

    @Test
    void theCorpusCarriesTheTruth() throws IOException {
        // Given
        var document = WORLD.documents().stream().filter(d -> d.fact().isPresent()).findFirst();
        // When
        try (var lines = Files.lines(files.corpus())) {
            var line = lines.filter(l -> l.contains(document.orElseThrow().id())).findFirst();
            // Then
            var json = new ObjectMapper().readTree(line.orElseThrow());
            assertThat(json.get("text").asText()).isEqualTo(document.get().text());
            assertThat(json.get("kind").asText()).isEqualTo(document.get().kind().name());
            assertThat(json.get("fact").asText()).isEqualTo(document.get().fact().get());
        }
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    private static Stream<Path> all(WorldFiles files) {
        return Stream.of(
                files.corpus(),
                files.items(),
                files.tokenizer(),
                files.config(),
                files.recipe(),
                files.spec());
    }

    private static List<String> hashes(WorldFiles files) {
        return all(files).map(Sha256::ofFile).toList();
    }
}
