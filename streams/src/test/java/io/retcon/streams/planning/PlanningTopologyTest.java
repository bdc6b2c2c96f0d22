package io.retcon.streams.planning;

import static io.retcon.schemas.topic.TopicCatalogue.ITEMS;
import static io.retcon.schemas.topic.TopicCatalogue.MANIFESTS;
import static io.retcon.schemas.topic.TopicCatalogue.MATCHES;
import static io.retcon.schemas.topic.TopicCatalogue.PLANS;
import static io.retcon.schemas.topic.TopicCatalogue.PROGRESS;
import static io.retcon.schemas.topic.TopicCatalogue.REJECTS;
import static io.retcon.schemas.topic.TopicCatalogue.SELECTIONS;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;
import io.retcon.schemas.record.Match;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Role;
import io.retcon.schemas.record.Selection;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.serde.ContentAddressedSchemas;
import io.retcon.schemas.serde.Schemas;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.InsertSpec;
import io.retcon.schemas.spec.InterventionSpec;
import io.retcon.schemas.spec.OperationSpec;
import io.retcon.schemas.spec.Shortage;
import io.retcon.schemas.spec.SpecText;
import io.retcon.schemas.spec.Specs;
import io.retcon.schemas.spec.SubstituteSpec;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.schemas.tokenizer.TestingTokenizers;
import io.retcon.schemas.tokenizer.Tokenizer;
import io.retcon.streams.state.TestingTopology;
import io.retcon.streams.walking.Pace;
import io.retcon.streams.walking.TestingHistory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

class PlanningTopologyTest {
    private static final Pace SMALL_STEPS = new Pace(Duration.ofMillis(10), 3);
    private static final int LONGEST_TARGET = 7;

    private final Schemas schemas = new ContentAddressedSchemas();
    @TempDir Path folder;

    @SeededTest(tries = 8)
    void plansAreThoseOfThePlannerInWhateverOrderRecordsArrive(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, 60, 1);
        var matched = matched(random, history);
        var selection =
                TestingSelection.of("i1", random.nextLong(), "control", "treated", "placebo");
        try (var topology = topology(history)) {
            var arrivals = new ArrayList<Runnable>();
            arrivals.add(() -> topology.input(SELECTIONS).pipeInput("i1", selection));
            arrivals.add(() -> topology.input(MANIFESTS).pipeInput("run", history.manifest()));
            for (var match : TestingMatches.of("i1", matched)) {
                arrivals.add(() -> topology.input(MATCHES).pipeInput("key", match));
            }
            Collections.shuffle(arrivals, random);
            // When
            arrivals.forEach(Runnable::run);
            topology.passASecond();
            // Then
            var plans = topology.output(PLANS).readKeyValuesToMap();
            var expected =
                    TestingPlanner.swap(Specs.of(selection).seed(), Shortage.FAIL)
                            .plan(matched, List.of(Arm.CONTROL, Arm.TREATED, Arm.PLACEBO));
            for (var arm : expected.arms()) {
                var swaps = swaps(plans, arm.arm());
                assertThat(swaps).hasSameSizeAs(arm.changes());
                assertThat(closing(plans, arm.arm()).getRecords()).isEqualTo(arm.changes().size());
                assertThat(closing(plans, arm.arm()).getSha256()).isEqualTo(arm.sha256());
                for (var change : arm.changes()) {
                    var plan = swaps.get(change.target().document());
                    var donor = ((Content.Copied) change.content()).document();
                    assertThat(plan.getItems()).isEqualTo(change.target().items());
                    assertThat(plan.getPlan()).contains(expected.sha256());
                    assertThat(plan.getDonor()).contains(donor);
                    assertThat(tokens(plan)).isEqualTo(history.tokens(donor));
                }
            }
            assertThat(topology.output(PROGRESS).readKeyValuesToMap()).containsKey("i1|plan");
            assertThat(topology.output(REJECTS).isEmpty()).isTrue();
        }
    }

    @Test
    void whatComesAgainAfterPlanningIsLeftAlone() {
        // Given
        var random = new Random(5);
        var history = TestingHistory.random(random, 6, 4, 60, 1);
        var matches = TestingMatches.of("i1", matched(random, history));
        var selection = TestingSelection.of("i1", 1, "treated");
        try (var topology = topology(history)) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", selection);
            matches.forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            assertThat(topology.output(PLANS).readRecordsToList()).isNotEmpty();
            // When
            topology.input(SELECTIONS).pipeInput("i1", selection);
            matches.forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            // Then
            assertThat(topology.output(PLANS).isEmpty()).isTrue();
        }
    }

    @Test
    void noTargetsCloseEveryArmWithNothing() {
        // Given
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        var nothing = TestingPlanner.matched(List.of(), List.of(), List.of());
        try (var topology = topology(history)) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS)
                    .pipeInput("i1", TestingSelection.of("i1", 1, "control", "treated", "placebo"));
            // When
            TestingMatches.of("i1", nothing)
                    .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            // Then
            var plans = topology.output(PLANS).readKeyValuesToMap();
            assertThat(plans).hasSize(3);
            assertThat(plans.values())
                    .allSatisfy(
                            plan ->
                                    assertThat(plan.getClosing().orElseThrow().getRecords())
                                            .isZero());
        }
    }

    @Test
    void aPlanWithoutDonorsIsRefusedInTheOpen() {
        // Given
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        var target = new Target(new DocumentRef("d", 0L, 0, 0, 59), List.of());
        var matched = TestingPlanner.matched(List.of(target), List.of(), List.of());
        try (var topology = topology(history)) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", TestingSelection.of("i1", 1, "treated"));
            // When
            TestingMatches.of("i1", matched)
                    .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getReason()).contains("'d'").contains("longer donors' window");
            assertThat(reject.getKey()).contains("i1");
            assertThat(topology.output(PROGRESS).readValue().getMessage().orElseThrow())
                    .contains(reject.getReason());
            assertThat(topology.output(PLANS).isEmpty()).isTrue();
        }
    }

    @Test
    void whatIsNoRecordIsRejectedAndTheRestGoesOn() {
        // Given
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        try (var topology = topology(history)) {
            // When
            topology.rawInput(MATCHES).pipeInput("bad", new byte[] {1, 2, 3});
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", TestingSelection.of("i1", 1, "treated"));
            TestingMatches.of("i1", TestingPlanner.matched(List.of(), List.of(), List.of()))
                    .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getTopic()).isEqualTo(MATCHES.name());
            assertThat(reject.getKey()).contains("bad");
            assertThat(topology.output(PLANS).readValue().getClosing()).isPresent();
        }
    }

    @Test
    void aMatchWithoutADocumentIsRejectedAndTheRestGoesOn() {
        // Given
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        var empty = Match.newBuilder().setIntervention("i1").build();
        try (var topology = topology(history)) {
            // When
            topology.input(MATCHES).pipeInput("empty", empty);
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", TestingSelection.of("i1", 1, "treated"));
            TestingMatches.of("i1", TestingPlanner.matched(List.of(), List.of(), List.of()))
                    .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getKey()).contains("empty");
            assertThat(reject.getReason()).contains("names no document");
            assertThat(topology.output(PLANS).readValue().getClosing()).isPresent();
        }
    }

    @SeededTest(tries = 6)
    void chaoticRecordsBesideItChangeNoPlan(Random random) {
        // Given
        var history = TestingHistory.random(random, 6, 4, 60, 1);
        var matches = TestingMatches.of("i1", matched(random, history));
        var selection = TestingSelection.of("i1", 7, "control", "treated", "placebo");
        var plans = new ArrayList<Map<String, Plan>>();
        for (int records : new int[] {0, 60}) {
            // When
            try (var topology = topology(history)) {
                topology.disturb(random, records, MANIFESTS, SELECTIONS, ITEMS, MATCHES);
                topology.input(SELECTIONS).pipeInput("i1", selection);
                topology.disturb(random, records, MANIFESTS, SELECTIONS, ITEMS, MATCHES);
                topology.input(MANIFESTS).pipeInput("run", history.manifest());
                for (var match : matches) {
                    topology.disturb(random, records / 20, MANIFESTS, SELECTIONS, ITEMS, MATCHES);
                    topology.input(MATCHES).pipeInput("key", match);
                }
                topology.disturb(random, records, MANIFESTS, SELECTIONS, ITEMS, MATCHES);
                var found = topology.output(PLANS).readKeyValuesToMap();
                found.keySet().removeIf(key -> !key.startsWith("i1|"));
                plans.add(found);
            }
        }
        // Then
        assertThat(plans.getFirst()).isNotEmpty();
        assertThat(plans.getLast()).isEqualTo(plans.getFirst());
    }

    /**
     * Cases 02 and 03 of the public reports: an error of the tokenizer, and its process's death.
     */
    @ParameterizedTest
    @ValueSource(strings = {"withoutUnknown", "panicking"})
    void aTextThatCannotBeEncodedRefusesItsInterventionAndTheNextOneIsPlanned(String kind) {
        // Given
        var json =
                kind.equals("panicking")
                        ? TestingTokenizers.panicking()
                        : TestingTokenizers.withoutUnknown();
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        var target = new Target(history.documents(0, 3).getFirst(), List.of());
        var matched = TestingPlanner.matched(List.of(target), List.of(), List.of());
        var refused = new InsertSpec.Text("new", "Zürich \u2603");
        try (var tokenizer = Tokenizer.ofFile(TestingTokenizers.write(folder, json));
                var topology = topology(history, run -> tokenizer)) {
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            // When
            for (var insert : List.of(refused, new InsertSpec.Text("plain", "cats and dogs"))) {
                topology.input(SELECTIONS).pipeInput(insert.id(), inserting(insert));
                TestingMatches.of(insert.id(), matched)
                        .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
                topology.passASecond();
            }
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getKey()).contains("new");
            assertThat(reject.getReason()).contains("document 'new' of 'insert': the tokenizer");
            assertThat(topology.output(PLANS).readValuesToList())
                    .isNotEmpty()
                    .allMatch(plan -> plan.getIntervention().equals("plain"));
        }
    }

    @Test
    void aReplacementThatCannotBeEncodedRefusesItsIntervention() {
        // Given
        var history = TestingHistory.random(new Random(5), 6, 4, 60, 1);
        var document = history.documents(0, 3).getFirst();
        var matched =
                TestingPlanner.matched(
                        List.of(new Target(document, List.of())), List.of(), List.of());
        try (var tokenizer =
                        Tokenizer.ofFile(
                                TestingTokenizers.write(
                                        folder, TestingTokenizers.withoutUnknown()));
                var topology = topology(history, run -> tokenizer)) {
            var word = tokenizer.decode(history.tokens(document)).strip().substring(0, 1);
            var substitute =
                    operated(
                            "i1",
                            new SubstituteSpec(
                                    List.of(new SubstituteSpec.Replacement(word, "\u2603")),
                                    null,
                                    null,
                                    null));
            topology.input(MANIFESTS).pipeInput("run", history.manifest());
            topology.input(SELECTIONS).pipeInput("i1", substitute);
            // When
            TestingMatches.of("i1", matched)
                    .forEach(match -> topology.input(MATCHES).pipeInput("key", match));
            topology.passASecond();
            topology.passASecond();
            // Then
            var reject = topology.output(REJECTS).readValue();
            assertThat(reject.getKey()).contains("i1");
            assertThat(reject.getReason())
                    .contains("document '%s'".formatted(document.getId()))
                    .contains("arm 'treated'")
                    .contains("unk_id");
            assertThat(topology.output(PLANS).readValuesToList())
                    .allMatch(plan -> plan.getClosing().isPresent());
        }
    }

    private static Selection inserting(InsertSpec.Text document) {
        return operated(document.id(), new InsertSpec(List.of(document), null, null, null));
    }

    private static Selection operated(String intervention, OperationSpec operation) {
        var selection = TestingSelection.of(intervention, 1, "treated");
        return Selection.newBuilder(selection)
                .setSpec(
                        new SpecText(
                                        InterventionSpec.newBuilder(Specs.of(selection))
                                                .setOperate(List.of(operation))
                                                .build())
                                .yaml())
                .build();
    }

    private TestingTopology topology(TestingHistory history) {
        return topology(history, run -> TestingTokenizer.words());
    }

    private TestingTopology topology(TestingHistory history, Tokenizers tokenizers) {
        return new TestingTopology(
                new PlanningTopology(schemas, history, tokenizers, 1, SMALL_STEPS).toTopology(),
                schemas,
                folder);
    }

    private static MatchedDocuments matched(Random random, TestingHistory history) {
        var targets = new ArrayList<Target>();
        var bystanders = new ArrayList<DocumentRef>();
        for (var document : history.documents(0, 3)) {
            if (document.getLength() <= LONGEST_TARGET && random.nextInt(6) == 0) {
                targets.add(new Target(document, List.of(new ItemRef("b", "q" + targets.size()))));
            } else {
                bystanders.add(document);
            }
        }
        return TestingPlanner.matched(targets, bystanders, history.documents(3, 6));
    }

    private static Map<DocumentRef, Plan> swaps(Map<String, Plan> plans, Arm arm) {
        return plans.values().stream()
                .filter(plan -> plan.getArm().equals(arm.label()) && plan.getClosing().isEmpty())
                .collect(Collectors.toMap(plan -> plan.getTarget().orElseThrow(), plan -> plan));
    }

    private static io.retcon.schemas.record.Closing closing(Map<String, Plan> plans, Arm arm) {
        return plans.values().stream()
                .filter(plan -> plan.getArm().equals(arm.label()))
                .flatMap(plan -> plan.getClosing().stream())
                .findFirst()
                .orElseThrow();
    }

    private static int[] tokens(Plan plan) {
        return PackedTokens.unpack(plan.getTokens().orElseThrow(), TokenWidth.U32);
    }

    /** An intervention's matches as the indexer publishes them. */
    private static final class TestingMatches {
        static List<Match> of(String intervention, MatchedDocuments matched) {
            var matches = new ArrayList<Match>();
            for (var target : matched.targets()) {
                matches.add(
                        match(intervention, Role.TARGET, target.document())
                                .setItems(target.items())
                                .build());
            }
            for (var document : matched.bystanders()) {
                matches.add(match(intervention, Role.BYSTANDER, document).build());
            }
            for (var document : matched.donors()) {
                matches.add(match(intervention, Role.DONOR, document).build());
            }
            matches.add(
                    Match.newBuilder()
                            .setIntervention(intervention)
                            .setClosing(
                                    new io.retcon.schemas.record.Closing(
                                            (long) matches.size(), "unused"))
                            .build());
            return matches;
        }

        private static Match.Builder match(String intervention, Role role, DocumentRef document) {
            return Match.newBuilder()
                    .setIntervention(intervention)
                    .setRole(role)
                    .setDocument(document);
        }
    }
}
