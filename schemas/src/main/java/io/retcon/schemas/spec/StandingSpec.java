package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Intervention;

import java.util.List;
import java.util.Map;

/**
 * A spec that stands: a template of which each new checkpoint of its run makes an intervention.
 * When checkpoint c is announced, its items are those that the rule finds at the checkpoint b
 * before c, its window ends there and begins at the checkpoint before b, and donors come from b to
 * c.
 */
public final class StandingSpec {
    private static final String TRIGGER = "trigger";
    private static final String ON_CHECKPOINT = "on-checkpoint";
    private static final String BUDGET = "budget";
    private static final String AFTER = "after";

    private final LocatedYaml text;
    private final SpecReader reader;
    private final InterventionSpec example;

    private StandingSpec(LocatedYaml text, SpecReader reader, InterventionSpec example) {
        this.text = text;
        this.reader = reader;
        this.example = example;
    }

    /**
     * Which checkpoints an intervention of the template is about.
     *
     * @param from where its window begins
     * @param step where it ends
     * @param announced the checkpoint that set it off
     * @param scored the checkpoints that the rule looks at, up to that one
     */
    public record Place(long from, long step, long announced, List<Long> scored) {
        public Place {
            scored = List.copyOf(scored);
        }
    }

    static boolean isIn(LocatedYaml text) {
        return text.tree().path(TRIGGER).asText().equals(ON_CHECKPOINT);
    }

    /** Where a spec that does not stand is read. */
    static void refuseIn(LocatedYaml text) {
        for (var field : List.of(TRIGGER, BUDGET, AFTER)) {
            if (text.tree().has(field)) {
                throw new RefusedInput(
                        "%s: '%s' belongs to a spec with 'trigger: on-checkpoint' and is nothing that can be planned or run once: leave it out"
                                .formatted(text.place("/" + field), field));
            }
        }
        if (!text.tree().has("window")) {
            throw new RefusedInput("%s: the spec lacks 'window': add it".formatted(text.place("")));
        }
    }

    static StandingSpec read(LocatedYaml text, SpecReader reader) {
        SpecNames.requireRoom(text, "@ and a checkpoint's step");
        for (var given : List.of("/window", "/select/step", "/select/checkpoints")) {
            refuseGiven(text, given, given);
        }
        for (var part : Operations.takingDonors(text)) {
            refuseGiven(text, part + "/donors/from", part + "/donors");
            refuseGiven(text, part + "/donors/to", part + "/donors");
        }
        if (!text.tree().path(BUDGET).canConvertToInt()
                || text.tree().path(BUDGET).intValue() < 1) {
            throw new RefusedInput(
                    "%s: a spec that stands needs 'budget', how many retrainings it may cause in all: add it"
                            .formatted(text.place("/" + BUDGET)));
        }
        requireNonNull(reader, "reader is null");
        return new StandingSpec(
                text, reader, at(new Place(0, 1, 2, List.of(1L, 2L)), text, reader));
    }

    private static void refuseGiven(LocatedYaml text, String pointer, String part) {
        if (!text.tree().at(pointer).isMissingNode()) {
            throw new RefusedInput(
                    "%s: each checkpoint that sets the spec off says this: leave it out"
                            .formatted(text.place(part)));
        }
    }

    public String name() {
        return text.tree().path("name").textValue();
    }

    public String run() {
        return example.run();
    }

    /** The benchmark, or a prefix that ends in '/'. */
    public String benchmark() {
        return example.select().getBenchmark();
    }

    /** How many retrainings its interventions may cause in all. */
    public int budget() {
        return text.tree().path(BUDGET).intValue();
    }

    /** How many each of them causes. */
    public int retrainings() {
        return example.arms().size() * example.retrain().getReplicates();
    }

    /** It is set off by checkpoints after this one. */
    public long after() {
        return text.tree().path(AFTER).asLong(0);
    }

    /** The same, set off by checkpoints after {@code step}, unless it says after which. */
    public StandingSpec pinnedAfter(long step) {
        if (text.tree().has(AFTER)) {
            return this;
        }
        ObjectNode tree = text.tree().deepCopy();
        tree.put(AFTER, step);
        return new StandingSpec(text.with(tree), reader, example);
    }

    /** The intervention that a checkpoint sets off. */
    public InterventionSpec at(Place place) {
        return at(place, text, reader);
    }

    private static InterventionSpec at(Place place, LocatedYaml text, SpecReader reader) {
        ObjectNode tree = text.tree().deepCopy();
        tree.remove(List.of(TRIGGER, BUDGET, AFTER));
        tree.put("name", tree.path("name").asText() + "@" + place.step());
        tree.set("window", range(tree, place.from(), place.step()));
        if (tree.path("select") instanceof ObjectNode select) {
            if (select.path("rule").asText().endsWith("-at")) {
                select.put("step", place.step());
            }
            var checkpoints = select.putArray("checkpoints");
            place.scored().forEach(checkpoints::add);
        }
        for (var pointer : Operations.takingDonors(text)) {
            if (tree.at(pointer) instanceof ObjectNode operation) {
                var donors = range(tree, place.step(), place.announced());
                if (operation.path("donors").has("exclude")) {
                    donors.set("exclude", operation.path("donors").path("exclude"));
                }
                operation.set("donors", donors);
            }
        }
        return reader.read(text.with(tree));
    }

    private static ObjectNode range(ObjectNode tree, long from, long to) {
        return tree.objectNode().put("from", from).put("to", to);
    }

    /** As published: its id is its canonical form's. */
    public Intervention published() {
        var yaml = yaml();
        return new Intervention(SpecText.idOf(yaml), name(), yaml);
    }

    private String yaml() {
        var fields = new SpecText(example).fields();
        fields.put("name", name());
        fields.remove("window");
        if (fields.get("select") instanceof Map<?, ?> select) {
            select.remove("step");
            select.remove("checkpoints");
        }
        if (fields.get("operate") instanceof List<?> operations) {
            operations.forEach(
                    operation -> {
                        if (operation instanceof Map<?, ?> options
                                && options.get("donors") instanceof Map<?, ?> donors) {
                            donors.remove("from");
                            donors.remove("to");
                        }
                    });
        }
        fields.put(TRIGGER, ON_CHECKPOINT);
        fields.put(BUDGET, budget());
        fields.put(AFTER, after());
        return SpecText.dumped(fields);
    }
}
