package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.retcon.schemas.RefusedInput;

import java.util.List;
import java.util.stream.Stream;

/**
 * Documents are put between the window's.
 *
 * @param documents they, once a spec is read
 * @param file that they are in, or null
 * @param topic that they are in, or null
 * @param places one a document, or none for places drawn by the seed
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record InsertSpec(List<Text> documents, String file, String topic, List<Place> places)
        implements OperationSpec {
    /** A document that a spec brings along. */
    public record Text(String id, String text) {}

    /**
     * Where something can be put: before the document that starts there.
     *
     * @param start position of the document's first token; T for the sequence's end
     */
    public record Place(long step, int sequence, int start) {}

    public InsertSpec {
        if (Stream.of(documents, file, topic).filter(source -> source != null).count() != 1) {
            throw new FieldFault(
                    NAME,
                    "operation insert needs 'documents', 'file' or 'topic': give one of them");
        }
        places = List.copyOf(requireNonNullElse(places, List.of()));
        if (documents != null) {
            documents = List.copyOf(documents);
            if (!places.isEmpty() && places.size() != documents.size()) {
                throw new FieldFault(
                        "places",
                        "%d places for %d documents: give a place for each"
                                .formatted(places.size(), documents.size()));
            }
        }
    }

    /** With the documents that it names written out. */
    InsertSpec with(SpecDocuments named) {
        if (documents != null) {
            return this;
        }
        List<Text> read;
        try {
            read = file == null ? named.ofTopic(topic) : named.ofFile(file);
        } catch (RefusedInput e) {
            throw new FieldFault(file == null ? "topic" : "file", e.getMessage(), e);
        }
        return new InsertSpec(read, null, null, places);
    }
}
