package io.retcon.deploy.dashboard.publish;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.intervention.Publication;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Intervention;
import io.retcon.schemas.spec.SpecDocuments;
import io.retcon.schemas.spec.SpecReader;
import io.retcon.schemas.topic.Cluster;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with a spec, and publishes one in which nothing is. Thread-safe. */
public final class SpecCheck {
    /** A spec is written by hand: beyond that it is something else. */
    private static final int MOST_CHARACTERS = 1 << 20;

    private static final Pattern PLACE = Pattern.compile("line (\\d{1,9}), column (\\d{1,9}): ");

    /**
     * What is wrong.
     *
     * @param line from 1, where it is known
     * @param column from 1, likewise
     */
    public record Fault(Optional<Integer> line, Optional<Integer> column, String sentence) {
        static Fault of(RefusedInput refused) {
            var message = refused.getMessage();
            Matcher place = PLACE.matcher(message);
            return place.find()
                    ? new Fault(
                            Optional.of(Integer.valueOf(place.group(1))),
                            Optional.of(Integer.valueOf(place.group(2))),
                            message.substring(0, place.start()) + message.substring(place.end()))
                    : new Fault(Optional.empty(), Optional.empty(), message);
        }
    }

    private final Cluster cluster;
    private final SpecDocuments named;

    /**
     * @param named what specs may name
     */
    public SpecCheck(Cluster cluster, SpecDocuments named) {
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.named = requireNonNull(named, "named is null");
    }

    /** The first fault of the text alone; whether the topics have what it asks for is not asked. */
    public Optional<Fault> fault(String yaml) {
        try {
            var reader = new SpecReader(named);
            checkLength(yaml);
            if (reader.readSeveral(yaml).isEmpty() && reader.readStanding(yaml).isEmpty()) {
                reader.read(yaml);
            }
            return Optional.empty();
        } catch (RefusedInput refused) {
            return Optional.of(Fault.of(refused));
        }
    }

    /**
     * Publishes the spec: one intervention, one a matcher, or a template that stands. One after the
     * other, so that of two with one name the second is refused.
     *
     * @throws RefusedInput where the spec is wrong, or asks for what is not there
     */
    public synchronized List<Intervention> publish(String yaml) {
        checkLength(yaml);
        var reader = new SpecReader(named);
        var publication = new Publication(cluster);
        var several = reader.readSeveral(yaml);
        if (several.isPresent()) {
            return several.get().specs().stream().map(publication::publish).toList();
        }
        var standing = reader.readStanding(yaml);
        if (standing.isPresent()) {
            return List.of(publication.publish(standing.get()));
        }
        return List.of(publication.publish(reader.read(yaml)));
    }

    /** A refusal as a fault of the spec. */
    public static Fault fault(RefusedInput refused) {
        return Fault.of(refused);
    }

    private static void checkLength(String yaml) {
        if (yaml.length() > MOST_CHARACTERS) {
            throw new RefusedInput(
                    "the spec has %,d characters and at most %,d are read here: publish it with ./retcon run"
                            .formatted(yaml.length(), MOST_CHARACTERS));
        }
    }
}
