package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.document.DocumentTopic;
import io.retcon.schemas.record.InsertedDocument;
import io.retcon.schemas.topic.Cluster;
import io.retcon.streams.validation.SpecDocuments;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What specs name instead of writing it out: files, and topics of the cluster.
 *
 * @param files a name as a spec has it to the file; throws {@link RefusedInput} for what it must
 *     not be
 * @param topics likewise
 */
public record NamedDocuments(
        Cluster cluster, Function<String, Path> files, UnaryOperator<String> topics)
        implements SpecDocuments {
    public NamedDocuments {
        requireNonNull(cluster, "cluster is null");
        requireNonNull(files, "files is null");
        requireNonNull(topics, "topics is null");
    }

    @Override
    public List<InsertedDocument> ofFile(String name) {
        var documents = new ArrayList<Document>();
        new DocumentFile(files.apply(name))
                .read(
                        documents::add,
                        refused -> {
                            throw refused;
                        });
        return inserted(name, documents);
    }

    @Override
    public Map<String, List<String>> matchesOfFile(String name) {
        return new GivenMatches(files.apply(name)).read();
    }

    @Override
    public List<InsertedDocument> ofTopic(String name) {
        return inserted("topic " + name, new DocumentTopic(cluster, topics.apply(name)).read());
    }

    private static List<InsertedDocument> inserted(String source, List<Document> documents) {
        if (documents.isEmpty()) {
            throw new RefusedInput("%s holds no document: give some".formatted(source));
        }
        return documents.stream()
                .map(document -> new InsertedDocument(document.id(), document.text()))
                .toList();
    }
}
