package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.PrimarySpec;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.SelectSpec;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.testing.SeededTest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

class SpecReaderTest {
    static final String SAMPLE =
            """
            name: remove-cooccurrence-3000
            run: olmo2-1b
            select:   { benchmark: pararel/p36, rule: learned-at, step: 3000, metric: acc_raw }
            window:   { from: 2500, to: 3000 }
            match:    { matcher: cooccurrence }
            operate:  { operation: swap, donors: { from: 3000, to: 3500 } }
            arms:     [control, treated, placebo]
            retrain:  { replicates: 3, engine: nd4j }
            measure:  { metrics: [acc_raw, margin] }
            """;

    private final SpecReader reader = new SpecReader();

    @Test
    void theDesignsSampleIsRead() {
        // When
        var spec = reader.read(SAMPLE);
        // Then
        assertThat(spec.select().getStep()).contains(3000L);
        assertThat(spec.operate()).containsExactly(SwapSpec.of(3000, 3500));
        assertThat(spec.retrain().getVary()).isEqualTo("order");
    }

    @Test
    void donorsComeFromTheNextWindowUnlessTheSpecSaysOtherwise() {
        // When
        var spec = reader.read(SAMPLE.replace(", donors: { from: 3000, to: 3500 }", ""));
        // Then
        assertThat(spec.operate()).containsExactly(SwapSpec.of(3000, 3500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\0b | other characters are expected",
                "a\\eb | other characters are expected",
                "two\\nlines | other characters are expected",
                "x\\uD800 | half a character (U+D800) is written there: write the whole one"
            })
    void aNameIsALineOfText(String name, String said) {
        // Given
        var text =
                """
                name: "%s"
                run: r
                select: { benchmark: b, rule: all }
                window: { from: 1, to: 2 }
                match: { matcher: cooccurrence }
                operate: { operation: swap }
                """
                        .formatted(name);
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 1, column 1: ")
                .hasMessageContaining(said);
        assertThatThrownBy(() -> reader.read(text.replace(name, "n".repeat(201))))
                .isInstanceOf(RefusedInput.class)
                .hasMessage("line 1, column 1: 'name' is longer than 200 characters: shorten it");
        assertThat(reader.read(text.replace(name, "n".repeat(200))).name()).hasSize(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "True", "TRUE"})
    void everyTrueOfYamlIsTrue(String word) {
        // Given
        var text = SAMPLE.replace("step: 3000,", "step: 3000, matched: %s,".formatted(word));
        // When, Then
        assertThat(reader.read(text).select().getMatched()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "step: 3000,|step: soon,|'select.step' is the text 'soon': a whole number is",
                "step: 3000,|step: -1,|'select.step' is -1: 0 or more is expected",
                "step: 3000,|step: [1],|'select.step' is a list: a whole number is expected",
                "cooccurrence|nearest|'match.matcher' is the text 'nearest': use one of [",
                "arms:     [control, treated, placebo]|arms: control|'arms' is the text 'control':"
                        + " a list is expected",
                "run: olmo2-1b|run: {a: b}|'run' is made of fields: a text is expected"
            })
    void aWrongValueIsSaidWithWhatIsExpected(String right, String wrong, String sentence) {
        // Given
        var text = SAMPLE.replace(right, wrong);
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("line ")
                .hasMessageContaining(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n  \n", "# only\n# comments\n", "---\n", "--- # c\n...\n"})
    void blanksAndCommentsAreNoSpec(String text) {
        // When / Then
        assertThatThrownBy(() -> new SpecReader().read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessage("the spec is empty: write its fields");
    }

    @Test
    void aTabIsNamedWithItsPlaceAndItsMend() {
        // When / Then
        assertThatThrownBy(() -> new SpecReader().read("name: x\nselect:\n\t{ rule: all }\n"))
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "line 3, column 1: a tab stands where YAML takes none: put blanks there");
    }

    @Test
    void thePrimaryEstimateIsPartOfTheCanonicalFormOnlyWhereItIsNamed() {
        // Given
        var named =
                SAMPLE.replace(
                        "[acc_raw, margin]",
                        "[acc_raw, margin], primary: { metric: margin }, multiplicity: holm");
        var defaults = SAMPLE.replace("[acc_raw, margin]", "[acc_raw, margin], multiplicity: bh");
        // When
        var text = new SpecText(reader.read(named));
        // Then
        assertThat(text.yaml()).contains("primary: {metric: margin}", "multiplicity: holm");
        assertThat(reader.read(text.yaml())).isEqualTo(text.spec());
        assertThat(new SpecText(reader.read(SAMPLE)).id()).isEqualTo("2a85dc4cd8e3b1cc");
        assertThat(new SpecText(reader.read(defaults)).id()).isEqualTo("2a85dc4cd8e3b1cc");
    }

    @Test
    void aDosesTrendCanBeThePrimaryEstimate() {
        // Given
        var text =
                SAMPLE.replace("[acc_raw, margin]", "[margin], primary: { contrast: dose-trend }");
        // When
        var spec = reader.read(text + "dose: [0.5]\n");
        // Then
        assertThat(spec.primary().orElseThrow().getContrast()).contains("dose-trend");
    }

    @Test
    void aQuotedTrueIsAText() {
        // Given
        var text = SAMPLE.replace("step: 3000,", "step: 3000, matched: 'True',");
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 3, column 67: 'select.matched'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    run: olmo2-1b        | rnu: olmo2-1b         | line 2, column 1: 'rnu' is no field of the spec: use one of [after, arms, budget, design, documents, dose
                    matcher: cooccurrence| matcher: coocurrence  | line 5, column 13: 'match.matcher'
                    to: 3000 }           | too: 3000 }           | line 4, column 25: 'too' is no field of 'window': use one of [from, to]
                    to: 3000 }           | to: 2500 }            | line 4, column 1: window from 2500 to 2500 is empty
                    to: 3000 }           | to: later }           | line 4, column 25: 'window.to'
                    from: 3000, to: 3500 | from: 2900, to: 3500  | line 6, column 30: the donors' window 2900-3500 overlaps
                    metrics: [acc_raw, margin] | cluster: topic  | line 9, column 13: 'measure.cluster'
                    metrics: [acc_raw, margin] | detect: 0       | line 9, column 13: 'measure.detect'
                    metrics: [acc_raw, margin] | metrics: [acc_raw], primary: { metric: margin } | line 9, column 44: the metric margin is not among those that the spec estimates: use one of [acc_raw]
                    metrics: [acc_raw, margin] | primary: { contrast: dose-trend } | line 9, column 24: the contrast dose-trend is not among those that the spec estimates: use one of [treated-control, treated-placebo, placebo-control]
                    metrics: [acc_raw, margin] | primary: { } | line 9, column 13: 'measure.primary'
                    metrics: [acc_raw, margin] | multiplicity: bonferroni | line 9, column 13: 'measure.multiplicity'
                    step: 3000,          |                       | line 3, column 37: rule learned-at needs 'step'
                    name: remove         | name: [remove         | line 2, column 4: not YAML
                    operation: swap,     | operation: swp,       | line 6, column 13: 'operate.operation'
                    operation: swap,     | operation: mask,      | line 6, column 30: operation mask takes no 'donors': leave it out
                    from: 3000, to: 3500 | from: 3000            | line 6, column 30: the donors' window lacks 'to': add it, or leave both out for the next window
                    from: 3000, to: 3500 | exclude: all          | line 6, column 40: 'operate.donors.exclude'
                    arms:     [control, treated, placebo] | placebo: bulk | line 7, column 1: 'placebo'
                    donors: {            | donor: {              | line 6, column 30: 'donor' is no field of 'operate': use one of [at, choose
                    { operation: swap,   | { operation: substitute, | line 6, column 36: operation substitute takes no 'donors'
                    { operation: swap, donors: { from: 3000, to: 3500 } } | [{ operation: mask }, { operation: reorder }] | line 6, column 33: reorder would undo
                    { operation: swap, donors: { from: 3000, to: 3500 } } | [{ operation: mask }, { operation: swp }] | line 6, column 35: 'operate.1.operation'
                    { operation: swap, donors: { from: 3000, to: 3500 } } | [{ operation: mask, time: 3 }] | line 6, column 31: 'time' is no field of 'operate.0': use one of [at, choose
                    { operation: swap, donors: { from: 3000, to: 3500 } } | { operation: substitute } | line 6, column 13: operation substitute needs 'strings'
                    { operation: swap, donors: { from: 3000, to: 3500 } } | { operation: insert, file: a.jsonl } | line 6, column 32: 'file' is read when
                    match:    { matcher: cooccurrence } | match: [{ matcher: bm25 }, { matcher: occurrence }] | line 5, column 1: 'match' lists several matchers
                    arms:                | name:                 | line 7, column 1: 'name' stands there twice
                    [control, treated, placebo] | &a [*a]        | line 7, column 1: this contains itself
                    engine: nd4j         | device: cuda:0        | line 8, column 28: 'device' is for engine libtorch, and this is nd4j: leave it out, or say engine: libtorch
                    engine: nd4j         | command: [olmo]       | line 8, column 28: 'command' is for engine external, and this is nd4j
                    engine: nd4j         | engine: external      | line 8, column 28: engine external needs 'command', the name of one of the operator's trainers: add it
                    engine: nd4j         | engine: external, command: [a], vary: jitter | line 8, column 60: an external trainer starts from the checkpoint as it is: say vary: order
                    engine: nd4j         | vary: jitter          | line 8, column 28: the rule selects items by how they came out in this run, and with jitter the control is that run again, which it came out best in: say vary: order
                    engine: nd4j         | engine: libtorch, device: gpu | line 8, column 46: 'retrain.device'
                    engine: nd4j         | engine: libtorch, precision: fp16 | line 8, column 46: 'retrain.precision'
                    replicates: 3        | replicates: 1e999     | line 8, column 13: 'retrain.replicates'
                    replicates: 3        | replicates: .nan      | line 8, column 13: 'retrain.replicates'
                    replicates: 3        | replicates: order     | line 8, column 13: 'retrain.replicates'
                    """)
    void aFaultIsNamedWithItsPlaceAndItsMend(String good, String bad, String sentence) {
        // Given
        var text = SAMPLE.replace(good.strip(), bad == null ? "" : bad.strip());
        // When
        assertThatThrownBy(() -> reader.read(text))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(sentence.strip());
    }

    @SeededTest(tries = 200)
    void theCanonicalTextIsReadBackAsTheSameSpec(Random random) {
        // Given
        var spec = randomSpec(random);
        // When
        var text = new SpecText(spec).yaml();
        // Then
        assertThat(reader.read(text)).isEqualTo(spec);
        assertThat(new SpecText(reader.read(text)).id()).isEqualTo(new SpecText(spec).id());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e99",
                "-1e99",
                "1e400",
                "1e19",
                "9.3e18",
                "4294967299",
                "2147483648",
                "-1",
                "2.5",
                "9223372036854775807",
                "9223372036854775808",
                ".inf",
                ".nan",
                "2.0",
                "1e-400"
            })
    void anExtremeNumberIsTakenAsItIsOrRefused(String number) {
        var text =
                """
                name: extreme
                run: r
                select:   { benchmark: b, rule: always, sample: 5, subset: [b] }
                window:   { from: 2, to: 3 }
                match:    { matcher: bm25, topK: 7, documents: 8 }
                operate:
                  - { operation: insert, documents: [{ id: a, text: b }], places: [{ step: 2, sequence: 1, start: 6 }] }
                  - { operation: duplicate, times: 9 }
                dose: [0.5]
                retrain:  { replicates: 4 }
                seed: 11
                """;
        reader.read(text);
        for (var at = Pattern.compile("[:\\[] ?([0-9.]+)").matcher(text); at.find(); ) {
            // Given
            var extreme = text.substring(0, at.start(1)) + number + text.substring(at.end(1));
            // When
            try {
                var canonical = new SpecText(reader.read(extreme)).yaml();
                // Then
                var value = String.valueOf(Double.parseDouble(number)).replace(".0", "");
                assertThat(canonical).containsAnyOf(number, value);
            } catch (RefusedInput refused) {
                assertThat(refused.getMessage()).startsWith("line ").doesNotContain("Exception");
            }
        }
    }

    @SeededTest(tries = 500)
    void damagedTextIsRefusedAndNeverCrashes(Random random) {
        // Given
        var text = new StringBuilder(SAMPLE);
        for (int i = 0; i < 1 + random.nextInt(5); i++) {
            int at = random.nextInt(text.length());
            if (random.nextBoolean()) {
                text.deleteCharAt(at);
            } else {
                text.insert(at, (char) (random.nextInt(96) + 31));
            }
        }
        // When
        try {
            reader.read(text.toString());
        } catch (RefusedInput refused) {
            // Then
            assertThat(refused.getMessage()).isNotBlank().doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "matcher: cooccurrence, topK: 5; matcher cooccurrence takes no 'topK'",
                "matcher: bm25, boundary: word; matcher bm25 takes no 'boundary'",
                "matcher: dense; matcher dense needs 'encoders'",
                "matcher: dense, encoders: ../etc; encoder",
                "matcher: bm25, topK: 0; topK",
                "matcher: bm25, b: 1.5; b",
                "matcher: bm25, documents: 0; documents",
                "matcher: bm25, ids: { q: [d] }; matcher bm25 takes no 'ids'",
                "matcher: given; matcher given needs 'ids' or 'file'",
                "matcher: given, ids: { q: [d] }, file: a.tsv; matcher given needs 'ids' or"
                        + " 'file'",
                "matcher: given, file: a.tsv; is read when a spec file is published",
                "matcher: given, ids: { q: d }; match.ids.q",
                "matcher: telepathy; matcher"
            })
    void anOptionThatTheMatcherDoesNotTakeIsRefused(String match, String said) {
        // Given
        var text =
                """
                name: n
                run: r
                select: { benchmark: b, rule: all }
                window: { from: 1, to: 2 }
                match: { %s }
                operate: { operation: swap }
                """
                        .formatted(match);
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 5")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @CsvSource({
        "all, true",
        "'list, items: [a]', true",
        "'learned-at, step: 2', false",
        "learnable, false",
        "'forgotten-at, step: 2', false",
        "always, false",
        "never, false"
    })
    void jitterIsForItemsThatAreSelectedWithoutLookingAtTheRun(String rule, boolean allowed) {
        // Given
        var text =
                """
                name: n
                run: r
                select: { benchmark: b, rule: %s }
                window: { from: 1, to: 2 }
                match: { matcher: bm25 }
                operate: { operation: mask }
                retrain: { vary: jitter }
                """
                        .formatted(rule);
        // When, Then
        if (allowed) {
            assertThat(reader.read(text).retrain().getVary()).isEqualTo("jitter");
        } else {
            assertThatThrownBy(() -> reader.read(text))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("line 7, column 12: the rule selects items by how they");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rule: all | 4 | [control, treated] | acc_raw | rule all looks at no outcome",
                "rule: never | 1 | [control, treated] | acc_raw | one replicate cannot confirm",
                "rule: never | 2 | [placebo, treated] | acc_raw | controls confirm the selection",
                "rule: never, metric: acc_uncond | 2 | [control] | acc_raw | controls are not"
                        + " scored by"
            })
    void aSplitNeedsSomethingToConfirmAndSomethingToConfirmItBy(
            String rule, int replicates, String arms, String metric, String said) {
        // Given
        var text = splitting(rule, replicates, arms, metric);
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 3, column 11: " + said);
    }

    @Test
    void aSplitIsReadAndWritten() {
        // When
        var spec =
                reader.read(
                        splitting("rule: never, metric: acc_uncond", 2, "[control]", "acc_uncond"));
        // Then
        assertThat(spec.select().getSplit()).isTrue();
        assertThat(reader.read(new SpecText(spec).yaml())).isEqualTo(spec);
    }

    private static String splitting(String rule, int replicates, String arms, String metric) {
        return """
        name: n
        run: r
        select: { split: true, benchmark: b, %s }
        window: { from: 1, to: 2 }
        match: { matcher: bm25 }
        operate: { operation: mask }
        arms: %s
        retrain: { replicates: %d }
        measure: { metrics: [%s] }
        """
                .formatted(rule, arms, replicates, metric);
    }

    @Test
    void donorsAreByDefaultThoseThatTeachNoItemOfTheBenchmark() {
        // When
        var next = reader.read(SAMPLE.replace("from: 3000, to: 3500", "exclude: selected"));
        // Then
        assertThat(next.operate())
                .containsExactly(
                        SwapSpec.of(3000, 3500).with(new DonorsSpec(3000L, 3500L, "selected")));
        assertThat(Donors.of(next).orElseThrow().ofBenchmark()).isFalse();
        assertThat(Donors.of(reader.read(SAMPLE)).orElseThrow().ofBenchmark()).isTrue();
        for (var spec : List.of(next, reader.read(SAMPLE))) {
            assertThat(reader.read(new SpecText(spec).yaml())).isEqualTo(spec);
        }
    }

    @Test
    void aPlaceboOfMatchedContentIsReadAndWritten() {
        // When
        var spec = reader.read(SAMPLE + "placebo: matched-content\n");
        // Then
        assertThat(spec.placebo()).isEqualTo("matched-content");
        assertThat(reader.read(new SpecText(spec).yaml())).isEqualTo(spec);
        assertThat(reader.read(SAMPLE).placebo()).isEqualTo("same-lengths");
        var without = SAMPLE.replace(", placebo]", "]") + "placebo: matched-content\n";
        assertThatThrownBy(() -> reader.read(without))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 10, column 1: the spec has no placebo");
    }

    @Test
    void aFactorialDesignTakesNoJitter() {
        // Given
        var text =
                """
                name: n
                run: r
                design: factorial
                select: { benchmark: b, rule: all }
                factors:
                  - { name: x, select: { rule: list, items: [a] } }
                  - { name: y, select: { rule: list, items: [b] } }
                window: { from: 1, to: 2 }
                match: { matcher: bm25 }
                operate: { operation: mask }
                retrain: { vary: jitter }
                """;
        // When, Then
        assertThatThrownBy(() -> reader.read(text))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 11, column 12: a factorial design");
    }

    @Test
    void aScoredMatcherTakesAHundredDocumentsUnlessToldOtherwise() {
        // Given
        var text =
                """
                name: n
                run: r
                select: { benchmark: b, rule: all }
                window: { from: 1, to: 2 }
                match: { matcher: bm25%s }
                operate: { operation: swap }
                """;
        // When
        var plain = reader.read(text.formatted("")).match();
        var above = reader.read(text.formatted(", threshold: 2.5")).match();
        // Then
        assertThat(plain).isEqualTo(Bm25Spec.ofBest(100));
        assertThat(((Bm25Spec) above).topK()).isEmpty();
        assertThat(((Bm25Spec) above).threshold()).contains(2.5);
    }

    static InterventionSpec randomSpec(Random random) {
        long from = random.nextInt(100);
        long to = from + 1 + random.nextInt(100);
        var rule = List.of("learned-at", "all", "list").get(random.nextInt(3));
        return InterventionSpec.newBuilder()
                .setName(randomText(random))
                .setRun(randomText(random))
                .setSelect(
                        SelectSpec.newBuilder()
                                .setBenchmark(randomText(random))
                                .setRule(rule)
                                .setStep(rule.equals("learned-at") ? to : null)
                                .setMetric("acc_per_char")
                                .setItems(
                                        rule.equals("list")
                                                ? List.of(randomText(random), "7", "true")
                                                : List.of())
                                .setCheckpoints(random.nextBoolean() ? List.of() : List.of(0L, to))
                                .setSubset(random.nextBoolean() ? List.of() : List.of("p36", "7"))
                                .setMatched(random.nextBoolean())
                                .build())
                .setWindow(new StepRange(from, to))
                .setMatch(randomMatch(random))
                .setOperate(randomOperations(random, DonorsSpec.of(to, to + 5)))
                .setArms(
                        random.nextBoolean()
                                ? List.of("treated", "control")
                                : List.of("control", "dose-0.25", "dose-0.625"))
                .setRetrain(randomRetrain(random, rule.equals("learned-at")))
                .setMetrics(List.of("margin"))
                .setSeed(random.nextLong())
                .setCluster(random.nextBoolean() ? null : "subject")
                .setDetect(random.nextBoolean() ? null : 0.05)
                .setMultiplicity(random.nextBoolean() ? "bh" : "holm")
                .setPrimary(random.nextBoolean() ? null : new PrimarySpec(null, "margin"))
                .build();
    }

    private static RetrainSpec randomRetrain(Random random, boolean ofOutcomes) {
        var retrain =
                RetrainSpec.newBuilder().setReplicates(1 + random.nextInt(9)).setOptimizer("cold");
        return switch (random.nextInt(3)) {
            case 0 -> retrain.setVary(ofOutcomes ? "order" : "jitter").build();
            case 1 ->
                    retrain.setEngine("libtorch").setDevice("cuda:1").setPrecision("bf16").build();
            default ->
                    retrain.setEngine("external").setCommand(List.of("olmo", "{config}")).build();
        };
    }

    private static List<OperationSpec> randomOperations(Random random, DonorsSpec donors) {
        var operations = new ArrayList<OperationSpec>();
        switch (random.nextInt(4)) {
            case 0 -> {
                var shortage = random.nextBoolean() ? Shortage.LEAVE : Shortage.DROP_ITEMS;
                operations.add(new SwapSpec(donors, null, null, shortage));
            }
            case 1 -> {
                operations.add(new SwapSpec(donors, "matching", null, null));
                return operations;
            }
            case 2 -> operations.add(new ReorderSpec());
            default -> {}
        }
        var replaced = new SubstituteSpec.Replacement(randomText(random), randomText(random));
        var objects =
                random.nextBoolean()
                        ? null
                        : new TreeMap<>(Map.of("7", randomText(random), randomText(random), "y"));
        operations.add(
                new SubstituteSpec(
                        List.of(replaced),
                        random.nextBoolean() ? "choices" : null,
                        objects,
                        "cut"));
        operations.add(new MaskSpec());
        operations.add(new DuplicateSpec(3, "beside"));
        operations.add(
                new InsertSpec(
                        List.of(new InsertSpec.Text(randomText(random), randomText(random))),
                        null,
                        null,
                        List.of(new InsertSpec.Place(donors.to(), 2, 17))));
        return operations;
    }

    private static MatcherSpec randomMatch(Random random) {
        var documents = Optional.of(1 + random.nextInt(1000)).filter(some -> random.nextBoolean());
        return switch (random.nextInt(5)) {
            case 0 -> new CooccurrenceSpec("strict", "word", documents);
            case 1 -> new OccurrenceSpec("strict", "word", documents);
            case 2 ->
                    new Bm25Spec(
                            "subject+object",
                            Optional.of(1 + random.nextInt(1000)),
                            Optional.of(random.nextDouble()).filter(some -> random.nextBoolean()),
                            random.nextDouble(),
                            random.nextDouble(),
                            "words",
                            documents);
            case 3 ->
                    new DenseSpec(
                            null,
                            Optional.empty(),
                            Optional.of(random.nextGaussian()),
                            "dpr-nq_1.0",
                            Optional.of("0123456789abcdef".repeat(4))
                                    .filter(some -> random.nextBoolean()),
                            "approximate",
                            documents);
            default ->
                    new GivenSpec(
                            new TreeMap<>(
                                    Map.of(
                                            "7",
                                            List.of("a", randomText(random)),
                                            "true",
                                            List.of("b"))),
                            null,
                            documents);
        };
    }

    private static String randomText(Random random) {
        var text = new StringBuilder("x");
        for (int i = 0; i < random.nextInt(12); i++) {
            text.appendCodePoint(
                    random.nextBoolean() ? 32 + random.nextInt(95) : 0xA1 + random.nextInt(500));
        }
        return text.append('x').toString();
    }
}
