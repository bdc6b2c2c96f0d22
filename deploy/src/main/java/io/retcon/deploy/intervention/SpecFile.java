package io.retcon.deploy.intervention;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.record.InsertedDocument;
import io.retcon.schemas.record.InterventionSpec;
import io.retcon.streams.validation.SpecReader;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A spec in a file of its own. */
public record SpecFile(Path path) {
    /**
     * @throws RefusedInput naming the file, and in it line and column
     */
    public InterventionSpec read() {
        try {
            return new SpecReader(this::documents).read(Files.readString(path));
        } catch (MalformedInputException e) {
            throw new RefusedInput("%s is not UTF-8 text".formatted(path), e);
        } catch (IOException e) {
            throw new RefusedInput("spec %s cannot be read: check the path".formatted(path), e);
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(path, e.getMessage()), e);
        }
    }

    /** Documents of a file that the spec names, from where the spec lies. */
    private List<InsertedDocument> documents(String name) {
        var documents = new ArrayList<InsertedDocument>();
        new DocumentFile(path.resolveSibling(name))
                .read(
                        document ->
                                documents.add(new InsertedDocument(document.id(), document.text())),
                        refused -> {
                            throw refused;
                        });
        if (documents.isEmpty()) {
            throw new RefusedInput("%s holds no document: give some".formatted(name));
        }
        return documents;
    }
}
