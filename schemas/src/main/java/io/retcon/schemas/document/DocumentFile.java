package io.retcon.schemas.document;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.json.JsonLine;
import io.retcon.schemas.json.JsonLines;

import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** Documents as JSON lines (Dolma's shape): {@code id, text}; other fields are not read. */
public final class DocumentFile {
    private static final Set<String> FIELDS = Set.of("id", "text");

    private final Path file;

    public DocumentFile(Path file) {
        this.file = file;
    }

    public void read(Consumer<Document> sink, Consumer<RefusedInput> refused) {
        new JsonLines(file, FIELDS).read(DocumentFile::document, sink, refused);
    }

    /**
     * Gives what is made of each document.
     *
     * @param make throws {@link RefusedInput} where nothing can be; its line is then refused
     */
    public <T> void read(
            Function<Document, T> make, Consumer<T> sink, Consumer<RefusedInput> refused) {
        new JsonLines(file, FIELDS).read(line -> make.apply(document(line)), sink, refused);
    }

    private static Document document(JsonLine line) {
        var fields = line.fields();
        return new Document(fields.name("id"), fields.text("text"));
    }
}
