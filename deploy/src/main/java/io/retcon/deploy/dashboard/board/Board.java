package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything that the small topics say, as of one moment. Immutable; whoever has one can draw a
 * whole page from it.
 *
 * @param version grows with every change
 * @param complete whether everything that was there at the start has been read
 * @param broker whether the cluster answers
 * @param brokerChanged the version in which that last changed
 * @param said the last change of a stage
 * @param interventions by id, the newest first
 * @param runs by name
 * @param rejects the last refused records, the newest first
 * @param rejected how many were refused in all
 * @param rejectsChanged the version in which the last one came
 * @param schemas by id, as they were registered
 */
public record Board(
        long version,
        boolean complete,
        Broker broker,
        long brokerChanged,
        Said said,
        SequencedMap<String, Watched> interventions,
        SortedMap<String, WatchedRun> runs,
        List<RejectSeen> rejects,
        long rejected,
        long rejectsChanged,
        SequencedMap<Integer, RegisteredSchema> schemas) {
    public Board {
        requireNonNull(broker, "broker is null");
        requireNonNull(said, "said is null");
        interventions = Collections.unmodifiableSequencedMap(interventions);
        runs = Collections.unmodifiableSortedMap(runs);
        rejects = List.copyOf(rejects);
        schemas = Collections.unmodifiableSequencedMap(schemas);
    }

    /** What is shown before anything is known. */
    public static Board nothing() {
        return new Board(
                1,
                false,
                new Broker.Unasked(),
                1,
                new Said("", 1),
                new LinkedHashMap<>(),
                new TreeMap<>(),
                List.of(),
                0,
                1,
                new LinkedHashMap<>());
    }

    /** The same with another word on the cluster. */
    Board with(Broker other) {
        return new Board(
                version + 1,
                complete,
                other,
                version + 1,
                said,
                interventions,
                runs,
                rejects,
                rejected,
                rejectsChanged,
                schemas);
    }

    public Optional<Watched> intervention(String id) {
        return Optional.ofNullable(interventions.get(id));
    }

    /** By id, the beginning of one that no other has, or name. */
    public Optional<Watched> find(String idOrName) {
        var exact = intervention(idOrName);
        if (exact.isPresent()) {
            return exact;
        }
        var found =
                interventions.values().stream()
                        .filter(i -> i.name().equals(idOrName) || i.id().startsWith(idOrName))
                        .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }
}
