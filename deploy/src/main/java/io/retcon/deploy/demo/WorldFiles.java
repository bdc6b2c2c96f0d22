package io.retcon.deploy.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.record.Item;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A world as files that the ordinary commands read: {@code history import}, {@code items import},
 * {@code train} and {@code run}.
 *
 * @param corpus documents, one JSON object a line, in the order of training: {@code id}, {@code
 *     text}, and the truth about it: {@code window}, {@code kind}, {@code fact}
 * @param items items, one JSON object a line
 * @param tokenizer a Hugging Face tokenizer
 * @param config a Hugging Face model config
 * @param recipe how the original run is trained
 * @param spec the intervention
 */
public record WorldFiles(
        Path corpus, Path items, Path tokenizer, Path config, Path recipe, Path spec) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Writes {@code world} into {@code folder}, which is made where it is missing.
     *
     * @param run the name that the run gets, for the spec
     */
    public static WorldFiles write(World world, String run, Path folder) throws IOException {
        var files =
                new WorldFiles(
                        folder.resolve("corpus.jsonl"),
                        folder.resolve("items.jsonl"),
                        folder.resolve("tokenizer.json"),
                        folder.resolve("config.json"),
                        folder.resolve("recipe.json"),
                        folder.resolve("spec.yaml"));
        var tokenizer = new WorldTokenizer(world.words());
        Files.createDirectories(folder);
        writeLines(files.corpus, world.documents().stream().map(WorldFiles::document));
        writeLines(files.items, world.items().stream().map(WorldFiles::item));
        write(files.tokenizer, tokenizer.json());
        write(files.config, WorldModel.config(tokenizer.vocabulary(), world.size()));
        write(files.recipe, WorldModel.recipe(world.size()));
        Files.writeString(files.spec, WorldSpec.yaml(world.size(), run));
        return files;
    }

    private static ObjectNode document(WorldDocument document) {
        var json =
                JSON.createObjectNode()
                        .put("id", document.id())
                        .put("text", document.text())
                        .put("window", document.window())
                        .put("kind", document.kind().name());
        document.fact().ifPresent(fact -> json.put("fact", fact));
        return json;
    }

    private static ObjectNode item(Item item) {
        var json =
                JSON.createObjectNode()
                        .put("benchmark", item.getBenchmark())
                        .put("id", item.getId())
                        .put("query", item.getQuery());
        item.getChoices().forEach(json.putArray("choices")::add);
        json.put("gold", item.getGold());
        item.getSubject().ifPresent(subject -> json.put("subject", subject));
        item.getObject().ifPresent(object -> json.put("object", object));
        return json;
    }

    private static void writeLines(Path file, Stream<ObjectNode> lines) throws IOException {
        try (var out = Files.newBufferedWriter(file)) {
            for (var line : (Iterable<ObjectNode>) lines::iterator) {
                out.write(JSON.writeValueAsString(line));
                out.write('\n');
            }
        }
    }

    private static void write(Path file, ObjectNode json) throws IOException {
        Files.writeString(file, json.toPrettyString().replace("\r\n", "\n") + "\n");
    }
}
