package io.retcon.streams.effects;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.Specs;

import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Interventions of one series, found by any of them: an index over the selections that are kept,
 * built from these when it is first asked. Not thread-safe.
 */
final class Siblings {
    private final KeyValueStore<String, Selection> selected;
    private final KeyValueStore<String, Effects> published;
    private Map<Series, Map<String, InterventionSpec>> ofSeries;

    Siblings(KeyValueStore<String, Selection> selected, KeyValueStore<String, Effects> published) {
        this.selected = requireNonNull(selected, "selected is null");
        this.published = requireNonNull(published, "published is null");
    }

    /** A selection that is kept from now on. */
    void add(Selection selection) {
        if (ofSeries != null) {
            index(selection);
        }
    }

    /** The other interventions that differ from it in their matchers alone. */
    List<String> byMatcher(Selection selection) {
        return Series.of(Specs.of(selection))
                .filter(series -> series.kind() == Series.Kind.MATCHERS)
                .map(this::members)
                .map(members -> new ArrayList<>(members.keySet()))
                .map(
                        others -> {
                            others.remove(selection.getIntervention());
                            return List.copyOf(others);
                        })
                .orElse(List.of());
    }

    /**
     * The effects of a spec's series, decided anew; of a spec that asks once the fresh ones alone.
     *
     * @param fresh those of the spec, where they are not published yet
     */
    List<Effects> decided(InterventionSpec spec, Optional<Effects> fresh) {
        var series = Series.of(spec);
        if (series.isEmpty()) {
            return fresh.stream().toList();
        }
        var all = new TreeMap<String, Effects>();
        var asked = new ArrayList<SeriesControl.Asked>();
        members(series.get())
                .forEach(
                        (id, member) -> {
                            var effects =
                                    fresh.filter(of -> of.getIntervention().equals(id))
                                            .orElseGet(() -> published.get(id));
                            if (effects != null) {
                                all.put(id, effects);
                            }
                            asked.add(new SeriesControl.Asked(id, member, p(effects)));
                        });
        if (all.isEmpty()) {
            return List.of();
        }
        var entries = new SeriesControl(series.get()).entries(asked);
        return all.entrySet().stream()
                .map(one -> with(one.getValue(), Optional.ofNullable(entries.get(one.getKey()))))
                .toList();
    }

    private static OptionalDouble p(Effects effects) {
        return effects == null
                ? OptionalDouble.empty()
                : Families.primary(effects.getEffects())
                        .flatMap(primary -> new EstimatedEffect(primary).p())
                        .map(OptionalDouble::of)
                        .orElse(OptionalDouble.empty());
    }

    private static Effects with(Effects effects, Optional<Entry> entry) {
        return Effects.newBuilder(effects)
                .setEffects(effects.getEffects().stream().map(of -> with(of, entry)).toList())
                .build();
    }

    private static Effect with(Effect effect, Optional<Entry> entry) {
        return new EstimatedEffect(effect).isPrimary()
                ? Effect.newBuilder(effect).setEntry(entry.orElse(null)).build()
                : effect;
    }

    private Map<String, InterventionSpec> members(Series series) {
        if (ofSeries == null) {
            ofSeries = new HashMap<>();
            try (var all = selected.all()) {
                all.forEachRemaining(entry -> index(entry.value));
            }
        }
        return ofSeries.getOrDefault(series, Map.of());
    }

    private void index(Selection selection) {
        Series.of(Specs.of(selection))
                .ifPresent(
                        series ->
                                ofSeries.computeIfAbsent(series, _ -> new TreeMap<>())
                                        .put(selection.getIntervention(), Specs.of(selection)));
    }
}
