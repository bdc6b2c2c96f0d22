package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Role;
import io.retcon.streams.state.PackedStore;
import io.retcon.streams.state.StoreKey;
import io.retcon.streams.state.Tally;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Matches that wait until as many have come as their closing record says. Those of a planned
 * intervention are swept out a portion at a time, because there may be millions. Not thread-safe.
 */
final class WaitingMatches {
    private final PackedStore<Match> matches;
    private final KeyValueStore<String, Tally> tallies;
    private final TreeSet<String> planned = new TreeSet<>();
    private Bytes sweptTo;

    WaitingMatches(PackedStore<Match> matches, KeyValueStore<String, Tally> tallies) {
        this.matches = matches;
        this.tallies = tallies;
        try (var all = tallies.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value.done() && entry.value.worked() < entry.value.arrived()) {
                            planned.add(entry.key);
                        }
                    });
        }
    }

    /**
     * Keeps a match, or what its closing record announces.
     *
     * @throws RefusedInput if it is neither
     */
    void add(Match match) {
        var intervention = match.getIntervention();
        var tally = tally(intervention);
        if (tally.done()) {
            return;
        }
        if (match.getClosing().isPresent()) {
            tally = tally.announcing(match.getClosing().get().getRecords());
        } else {
            var role = match.getRole().orElse(Role.UNKNOWN);
            var document = match.getDocument().orElseThrow(() -> incomplete(intervention));
            var key = StoreKey.of(group(intervention, role), document);
            tally = matches.add(key, match) ? tally.oneMore() : tally;
        }
        tallies.put(intervention, tally);
    }

    boolean complete(String intervention) {
        return tally(intervention).complete();
    }

    List<String> complete() {
        var complete = new ArrayList<String>();
        try (var all = tallies.all()) {
            all.forEachRemaining(
                    entry -> {
                        if (entry.value.complete()) {
                            complete.add(entry.key);
                        }
                    });
        }
        return complete;
    }

    MatchedDocuments documents(String intervention) {
        var gathering = new MatchedDocuments.Gathering();
        for (var role : List.of(Role.TARGET, Role.BYSTANDER, Role.DONOR)) {
            var group = group(intervention, role);
            try (var range = matches.range(group, StoreKey.end(group))) {
                while (range.hasNext()) {
                    gathering.add(range.next());
                }
            }
        }
        return gathering.documents();
    }

    /** Leaves alone whatever comes again for an intervention that was planned or refused. */
    void planned(String intervention) {
        tallies.put(intervention, tally(intervention).finished());
        planned.add(intervention);
    }

    /** Deletes at most {@code most} matches of planned interventions. */
    void sweep(int most) {
        if (planned.isEmpty()) {
            return;
        }
        var intervention = planned.first();
        var group = StoreKey.group(intervention);
        var from = sweptTo == null ? group : sweptTo;
        sweptTo = matches.delete(from, Bytes.increment(group), most).orElse(null);
        if (sweptTo == null) {
            var tally = tally(intervention);
            tallies.put(intervention, tally.worked(tally.arrived()));
            planned.remove(intervention);
        }
    }

    private Tally tally(String intervention) {
        var tally = tallies.get(intervention);
        return tally == null ? Tally.NOTHING : tally;
    }

    private static Bytes group(String intervention, Role role) {
        return StoreKey.group(intervention, role.name());
    }

    private static RefusedInput incomplete(String intervention) {
        return new RefusedInput(
                "a match of intervention %s names no document and closes nothing: publish one that does"
                        .formatted(intervention));
    }
}
