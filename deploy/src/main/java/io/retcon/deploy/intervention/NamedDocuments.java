package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.document.Document;
import io.retcon.schemas.document.DocumentFile;
import io.retcon.schemas.document.DocumentTopic;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.spec.SpecDocuments;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;

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
    public List<InsertSpec.Text> ofFile(String name) {
        var documents = new ArrayList<Document>();
        var room = new Room(name);
        new DocumentFile(files.apply(name))
                .read(
                        document -> {
                            documents.add(document);
                            room.take(document);
                        },
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
    public List<InsertSpec.Text> ofTopic(String name) {
        var topic = "topic " + name;
        return inserted(
                topic, new DocumentTopic(cluster, topics.apply(name)).read(new Room(topic)::take));
    }

    /** What is left of the characters that a spec may have: what it names becomes a part of it. */
    private static final class Room {
        private final String source;
        private long left = SpecReader.MOST_CHARACTERS;

        Room(String source) {
            this.source = source;
        }

        void take(Document document) {
            left -= document.id().length() + document.text().length();
            if (left < 0) {
                throw new RefusedInput(
                        "%s holds more than the %,d characters that a spec may have: name fewer documents"
                                .formatted(source, SpecReader.MOST_CHARACTERS));
            }
        }
    }

    private static List<InsertSpec.Text> inserted(String source, List<Document> documents) {
        if (documents.isEmpty()) {
            throw new RefusedInput("%s holds no document: give some".formatted(source));
        }
        return documents.stream()
                .map(document -> new InsertSpec.Text(document.id(), document.text()))
                .toList();
    }
}
