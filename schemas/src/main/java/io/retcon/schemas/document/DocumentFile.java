package io.retcon.schemas.document;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.Fields;
import io.retcon.schemas.json.JsonLines;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;

/** Documents as JSONL (Dolma's shape): {@code id, text}; other fields are not read. */
public final class DocumentFile {
    private final Path file;

    public DocumentFile(Path file) {
        this.file = file;
    }

    public void read(Consumer<Document> sink, Consumer<RefusedInput> refused) {
        new JsonLines(file).read(DocumentFile::document, sink, refused);
    }

    /**
     * Gives what is made of each document.
     *
     * @param make throws {@link RefusedInput} where nothing can be; its line is then refused
     */
    public <T> void read(
            Function<Document, T> make, Consumer<T> sink, Consumer<RefusedInput> refused) {
        new JsonLines(file).read(node -> make.apply(document(node)), sink, refused);
    }

    private static Document document(JsonNode node) {
        var fields = new Fields(node);
        return new Document(fields.text("id"), fields.text("text"));
    }
}
