package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A spec's YAML in, its meaning out, every default filled in. */
public final class SpecReader {
    /** Characters of a spec's text, at most. */
    public static final int MOST_CHARACTERS = YamlBounds.CHARACTERS;

    private static final List<String> METRICS = List.of("acc_raw", "margin");
    private static final int REPLICATES = 3;

    private final SpecDocuments named;

    /** Of specs that stand alone. */
    public SpecReader() {
        this(SpecDocuments.NONE);
    }

    /**
     * @param named that specs name
     */
    public SpecReader(SpecDocuments named) {
        this.named = requireNonNull(named, "named is null");
    }

    /**
     * @throws RefusedInput with line and column of the first fault, and its mend
     */
    public InterventionSpec read(String yaml) {
        return read(LocatedYaml.parse(yaml));
    }

    /**
     * The spec as a template, if it is one.
     *
     * @throws RefusedInput with line and column of the first fault, and its mend
     */
    public Optional<StandingSpec> readStanding(String yaml) {
        var text = LocatedYaml.parse(yaml);
        return StandingSpec.isIn(text)
                ? Optional.of(StandingSpec.read(text, this))
                : Optional.empty();
    }

    /**
     * The spec as one intervention for each of several matchers, if it is that.
     *
     * @throws RefusedInput with line and column of the first fault, and its mend
     */
    public Optional<SeveralMatchers> readSeveral(String yaml) {
        var text = LocatedYaml.parse(yaml);
        if (!SeveralMatchers.isIn(text)) {
            return Optional.empty();
        }
        SpecSchema.PUBLISHED.check(text);
        return Optional.of(SeveralMatchers.read(text, this));
    }

    InterventionSpec read(LocatedYaml text) {
        SpecSchema.PUBLISHED.check(text);
        SeveralMatchers.refuseIn(text);
        StandingSpec.refuseIn(text);
        var tree = text.tree();
        var factorial = FactorOptions.read(text);
        if (factorial.isEmpty()) {
            checkRule(text);
        }
        var range = range(tree.path("window"));
        var window = window(text, "/window", range);
        var operate = Operations.read(text, named, range);
        checkDonors(text, window, operate);
        var match = matcher(text);
        checkPairs(text, match, operate);
        var spec =
                InterventionSpec.newBuilder()
                        .setName(tree.path("name").textValue())
                        .setRun(tree.path("run").textValue())
                        .setSelect(
                                factorial
                                        .map(FactorOptions::select)
                                        .orElseGet(() -> select(tree.path("select"))))
                        .setFactors(factorial.map(FactorOptions::factors).orElse(List.of()))
                        .setWindow(range)
                        .setMatch(match)
                        .setOperate(operate)
                        .setArms(factorial.map(FactorOptions::arms).orElseGet(() -> arms(text)))
                        .setRetrain(
                                RetrainOptions.read(
                                        text,
                                        factorial
                                                .map(FactorOptions::replicates)
                                                .orElse(REPLICATES)))
                        .setMetrics(
                                list(
                                        tree.path("measure").path("metrics"),
                                        JsonNode::textValue,
                                        METRICS))
                        .setPlacebo(tree.path("placebo").asText("same-lengths"))
                        .setSeed(tree.path("seed").asLong(0))
                        .setCluster(tree.path("measure").path("cluster").textValue())
                        .setPrimary(PrimaryOption.read(text))
                        .setMultiplicity(tree.path("measure").path("multiplicity").asText("bh"))
                        .setDetect(
                                tree.path("measure").has("detect")
                                        ? tree.path("measure").path("detect").doubleValue()
                                        : null)
                        .build();
        RetrainOptions.checkVary(text, spec);
        SplitOption.check(text, spec);
        PrimaryOption.check(text, spec);
        checkPlacebo(text, spec);
        return spec;
    }

    /**
     * The 'match' part of a spec alone.
     *
     * @param yaml the part, or just the name of a matcher for its defaults
     * @throws RefusedInput with the first fault and its mend
     */
    public MatcherSpec match(String yaml) {
        var part = yaml.strip().startsWith("{") ? yaml : "{ matcher: " + yaml + " }";
        try {
            var text = LocatedYaml.parse("match: " + part);
            SpecSchema.PUBLISHED.checkPart(text, "/match");
            return matcher(text);
        } catch (RefusedInput e) {
            throw new RefusedInput("matcher \"%s\": %s".formatted(yaml, e.getMessage()), e);
        }
    }

    private MatcherSpec matcher(LocatedYaml text) {
        return SpecBinding.bind(
                text,
                "/match",
                text.tree().path("match"),
                MatcherSpec.NAME,
                MatcherSpec.class,
                one -> one instanceof GivenSpec given ? given.with(named) : one);
    }

    private static void checkPairs(
            LocatedYaml text, MatcherSpec match, List<OperationSpec> operate) {
        for (int i = 0; i < operate.size(); i++) {
            if (operate.get(i) instanceof SwapSpec swap
                    && swap.pairsByScore()
                    && !(match instanceof Bm25Spec)) {
                var pointer = Operations.pointer(text, i) + "/pair";
                throw new RefusedInput(
                        "%s: pairing by score needs matcher bm25, not %s: pair by length"
                                .formatted(text.place(pointer), match.matcher()));
            }
        }
    }

    static SelectSpec select(JsonNode select) {
        return SelectSpec.newBuilder()
                .setBenchmark(select.path("benchmark").textValue())
                .setRule(select.path("rule").textValue())
                .setStep(select.has("step") ? select.path("step").longValue() : null)
                .setMetric(select.path("metric").asText("acc_raw"))
                .setItems(list(select.path("items"), JsonNode::textValue, List.of()))
                .setSample(select.has("sample") ? select.path("sample").intValue() : null)
                .setCheckpoints(
                        list(select.path("checkpoints"), JsonNode::longValue, List.<Long>of())
                                .stream()
                                .distinct()
                                .sorted()
                                .toList())
                .setSubset(list(select.path("subset"), JsonNode::textValue, List.of()))
                .setMatched(select.path("matched").asBoolean(false))
                .setSplit(select.path("split").asBoolean(false))
                .build();
    }

    /** Where what is said of a placebo would be ignored, it is refused. */
    private static void checkPlacebo(LocatedYaml text, InterventionSpec spec) {
        if (!text.tree().has("placebo")) {
            return;
        }
        if (!spec.arms().contains(Arm.PLACEBO.label())) {
            throw new RefusedInput(
                    "%s: the spec has no placebo: leave 'placebo' out, or add it to 'arms'"
                            .formatted(text.place("/placebo")));
        }
        if (Donors.of(spec).filter(Donors::matching).isPresent()) {
            throw new RefusedInput(
                    "%s: the placebo of a swap that adds matching documents puts others in the same places: leave 'placebo' out"
                            .formatted(text.place("/placebo")));
        }
        if (!spec.placebo().equals("matched-content")
                && PlaceboContent.of(spec) == PlaceboContent.MATCHED_CONTENT) {
            throw new RefusedInput(
                    "%s: a placebo of replaced facts replaces facts of other items: say placebo: matched-content, or leave it out"
                            .formatted(text.place("/placebo")));
        }
    }

    private static void checkRule(LocatedYaml text) {
        var select = text.tree().path("select");
        var rule = select.path("rule").textValue();
        var needed = neededBy(rule);
        if (!select.has(needed)) {
            throw new RefusedInput(
                    "%s: rule %s needs '%s': add it"
                            .formatted(text.place("/select/rule"), rule, needed));
        }
    }

    /** The field that a rule cannot do without, besides itself. */
    static String neededBy(String rule) {
        return rule.endsWith("-at") ? "step" : rule.equals("list") ? "items" : "rule";
    }

    private static void checkDonors(LocatedYaml text, Window window, List<OperationSpec> operate) {
        for (var operation : operate) {
            if (operation instanceof TakingDonors taking) {
                var donors = window(text, "/operate", taking.donors().range());
                if (window.overlaps(donors)) {
                    throw new RefusedInput(
                            "%s: the donors' window %s overlaps the window %s that is rewritten: take another, the next one say"
                                    .formatted(text.place("/operate/donors"), donors, window));
                }
            }
        }
    }

    /** A share of 0 is the control, the whole is the treated arm. */
    private static List<String> arms(LocatedYaml text) {
        var arms = new ArrayList<>(list(text.tree().path("arms"), JsonNode::textValue, Arm.LABELS));
        var doses = list(text.tree().path("dose"), JsonNode::doubleValue, List.<Double>of());
        for (double dose : doses.stream().sorted().toList()) {
            var arm = dose == 0 ? Arm.CONTROL : dose == 1 ? Arm.TREATED : Arm.dose(dose);
            if (!arms.contains(arm.label())) {
                arms.add(arm.label());
            }
        }
        return arms;
    }

    private static Window window(LocatedYaml text, String pointer, StepRange range) {
        try {
            return Window.of(range);
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(text.place(pointer), e.getMessage()), e);
        }
    }

    static StepRange range(JsonNode range) {
        return new StepRange(range.path("from").longValue(), range.path("to").longValue());
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> element, List<T> otherwise) {
        if (array.isMissingNode()) {
            return otherwise;
        }
        var list = new ArrayList<T>();
        array.forEach(node -> list.add(element.apply(node)));
        return list;
    }
}
