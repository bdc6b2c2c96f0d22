package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.FactorSpec;
import io.retcon.schemas.record.SelectSpec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The parts of a spec that make a factorial design.
 *
 * @param select what its factors have in common: the benchmark around them all, and the checkpoints
 */
record FactorOptions(SelectSpec select, List<FactorSpec> factors, FactorialDesign design) {
    static final String DESIGN = "factorial";

    /** What a factor that has a rule of its own does not take over from the spec's select. */
    private static final Set<String> OF_A_RULE = Set.of("rule", "step", "items", "sample");

    /** What is said of the whole. */
    private static final Set<String> SHARED = Set.of("matched", "split");

    /** Operations whose change of a document depends on which others are changed. */
    private static final Map<String, String> UNEQUAL =
            Map.of(
                    "drop",
                    "fills sequences up with donors that depend on what else is dropped",
                    "reorder",
                    "gives a document the place of another, perhaps of another factor",
                    "insert",
                    "adds documents that are of no factor");

    FactorOptions {
        factors = List.copyOf(factors);
    }

    /**
     * Empty for a spec of another design.
     *
     * @throws RefusedInput with line and column where the design cannot be made
     */
    static Optional<FactorOptions> read(LocatedYaml text) {
        var tree = text.tree();
        if (!tree.has("design")) {
            for (var part : List.of("factors", "runs")) {
                if (tree.has(part)) {
                    throw refused(text, "/" + part, "'%s' needs 'design: factorial': add it", part);
                }
            }
            return Optional.empty();
        }
        if (!tree.has("factors")) {
            throw refused(text, "/design", "design factorial needs 'factors': add two or more");
        }
        checkArms(text);
        checkOperations(text);
        var factors = factors(text);
        return Optional.of(
                new FactorOptions(common(text, factors), factors, design(text, factors.size())));
    }

    List<String> arms() {
        return design.arms().stream().map(Arm::label).toList();
    }

    int replicates() {
        return design.replicates();
    }

    private static void checkArms(LocatedYaml text) {
        if (text.tree().has("arms")) {
            throw refused(
                    text,
                    "/arms",
                    "a factorial design makes its own arms, and other factors' rows are its"
                            + " placebo: leave 'arms' out");
        }
        if (text.tree().has("dose")) {
            throw refused(
                    text, "/dose", "a factor is on or off in a factorial design: leave 'dose' out");
        }
    }

    private static void checkOperations(LocatedYaml text) {
        var operate = text.tree().path("operate");
        var parts = operate.isArray() ? operate : JsonNodeFactory.instance.arrayNode().add(operate);
        for (int i = 0; i < parts.size(); i++) {
            var pointer = operate.isArray() ? "/operate/" + i : "/operate";
            var operation = parts.get(i).path("operation").asText();
            if (UNEQUAL.containsKey(operation)) {
                throw refused(
                        text,
                        pointer + "/operation",
                        "operation %s %s, so it has no place in a factorial design: use swap, mask,"
                                + " substitute, duplicate or external",
                        operation,
                        UNEQUAL.get(operation));
            }
            if (parts.get(i).path("choose").asText().equals("matching")) {
                throw refused(
                        text,
                        pointer + "/choose",
                        "a swap of matching donors changes documents that are of no factor: leave"
                                + " 'choose' out in a factorial design");
            }
        }
    }

    private static List<FactorSpec> factors(LocatedYaml text) {
        var factors = new ArrayList<FactorSpec>();
        var names = new HashSet<String>();
        var all = text.tree().path("factors");
        for (int i = 0; i < all.size(); i++) {
            var name = all.get(i).path("name").textValue();
            if (!names.add(name)) {
                throw refused(
                        text,
                        "/factors/" + i + "/name",
                        "two factors are called '%s': give this one another name",
                        name);
            }
            factors.add(new FactorSpec(name, factor(text, i)));
        }
        return factors;
    }

    private static SelectSpec factor(LocatedYaml text, int index) {
        var pointer = "/factors/" + index + "/select";
        var own = text.tree().path("factors").get(index).path("select");
        var merged = merged(text.tree().path("select"), own);
        for (var needed : List.of("benchmark", "rule")) {
            if (!merged.has(needed)) {
                throw refused(
                        text,
                        pointer,
                        "neither this nor the spec's 'select' says a '%s': add it",
                        needed);
            }
        }
        var rule = merged.path("rule").textValue();
        var needed = SpecReader.neededBy(rule);
        if (!merged.has(needed)) {
            throw refused(text, pointer, "rule %s needs '%s': add it", rule, needed);
        }
        return SpecReader.select(merged);
    }

    private static JsonNode merged(JsonNode common, JsonNode own) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (var field : common.properties()) {
            boolean replaced = own.has("rule") && OF_A_RULE.contains(field.getKey());
            if (!replaced && !SHARED.contains(field.getKey())) {
                merged.set(field.getKey(), field.getValue());
            }
        }
        own.properties().forEach(field -> merged.set(field.getKey(), field.getValue()));
        return merged;
    }

    private static SelectSpec common(LocatedYaml text, List<FactorSpec> factors) {
        var given = text.tree().path("select");
        var benchmark =
                given.isObject() ? given.path("benchmark").textValue() : around(text, factors);
        for (int i = 0; i < factors.size(); i++) {
            var own = factors.get(i).getSelect().getBenchmark();
            if (!new Benchmarks(benchmark).include(own)) {
                throw refused(
                        text,
                        "/factors/" + i + "/select/benchmark",
                        "benchmark '%s' is outside '%s', which the spec's 'select' names for all"
                                + " factors: name one around them",
                        own,
                        benchmark);
            }
        }
        var select = SelectSpec.newBuilder().setBenchmark(benchmark).setRule("all");
        if (given.isObject()) {
            var common = SpecReader.select(given);
            select.setMetric(common.getMetric())
                    .setCheckpoints(common.getCheckpoints())
                    .setMatched(common.getMatched());
        }
        return select.build();
    }

    /** The benchmark of all factors, or the longest prefix of theirs that ends in '/'. */
    private static String around(LocatedYaml text, List<FactorSpec> factors) {
        var around = factors.getFirst().getSelect().getBenchmark();
        for (var factor : factors) {
            while (!new Benchmarks(around).include(factor.getSelect().getBenchmark())) {
                int end = around.lastIndexOf('/', around.length() - 2);
                if (end < 0) {
                    throw refused(
                            text,
                            "/factors",
                            "no prefix that ends in '/' holds the benchmarks of all factors: ask of"
                                    + " unrelated benchmarks in specs of their own");
                }
                around = around.substring(0, end + 1);
            }
        }
        return around;
    }

    private static FactorialDesign design(LocatedYaml text, int factors) {
        int runs = text.tree().path("runs").asInt(FactorialDesign.runs(factors));
        try {
            return FactorialDesign.of(factors, runs);
        } catch (RefusedInput e) {
            var pointer = text.tree().has("runs") ? "/runs" : "/factors";
            throw new RefusedInput("%s: %s".formatted(text.place(pointer), e.getMessage()), e);
        }
    }

    private static RefusedInput refused(
            LocatedYaml text, String pointer, String sentence, Object... parts) {
        return new RefusedInput("%s: %s".formatted(text.place(pointer), sentence.formatted(parts)));
    }
}
