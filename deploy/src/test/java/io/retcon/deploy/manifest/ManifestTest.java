package io.retcon.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import io.retcon.deploy.compose.ComposeFile;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The files made of the catalogue and the rights are up to date, and what others' tools take. */
class ManifestTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "STRIMZI_TOPICS,kubernetes/overlays/strimzi/topics.yaml",
        "STRIMZI_USERS,kubernetes/overlays/strimzi/users.yaml",
        "ASYNCAPI,../docs/asyncapi.yaml"
    })
    void aCommittedFileIsWhatWouldBeMadeNow(Manifest manifest, Path file) throws IOException {
        // When
        var made = manifest.text();
        // Then
        assertThat(Files.readString(file))
                .as("./retcon cluster manifest %s > deploy/%s", manifest, file)
                .isEqualTo(made);
    }

    @Test
    void theAsyncApiDocumentIsOne() throws IOException {
        // Given
        JsonNode document =
                JSON.valueToTree(
                        new Load(LoadSettings.builder().build())
                                .loadFromString(Manifest.ASYNCAPI.text()));
        // When
        var errors = errors("/schemas/asyncapi/asyncapi-3.0.0.json", document);
        // Then
        assertThat(errors).isEmpty();
    }

    @Test
    void theComposeFileIsOne() throws IOException {
        // Given
        JsonNode document = JSON.valueToTree(ComposeFile.tree());
        // When
        var errors = errors("/schemas/compose-spec/compose-spec.json", document);
        // Then
        assertThat(errors).isEmpty();
    }

    private static List<String> errors(String schema, JsonNode document) throws IOException {
        try (var in = ManifestTest.class.getResourceAsStream(schema)) {
            var rules = JSON.readTree(in);
            // Draft 4 had "id" for "$id".
            rules.findParents("id").stream()
                    .filter(rule -> rule.path("id").isTextual())
                    .forEach(rule -> ((ObjectNode) rule).remove("id"));
            // The copy is older than these two.
            rules.findParents("nocopy")
                    .forEach(
                            rule -> ((ObjectNode) rule).putObject("subpath").put("type", "string"));
            if (schema.contains("compose")) {
                ((ObjectNode) rules.path("properties")).putObject("name").put("type", "string");
            }
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                    .getSchema(rules.toString(), InputFormat.JSON)
                    .validate(document.toString(), InputFormat.JSON)
                    .stream()
                    .map(Object::toString)
                    .toList();
        }
    }
}
