package io.retcon.streams.rewriting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.DocumentSpan;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Plan;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.TokenWidth;
import io.retcon.schemas.record.Truncation;
import io.retcon.schemas.testing.SeededTest;
import io.retcon.streams.walking.TestingHistory;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class SequenceRewriterTest {

    @SeededTest(tries = 300)
    void everyTokenIsUntouchedReplacedOrListed(Random random) {
        // Given
        var history = TestingHistory.random(random, 2, 3, 60, 1);
        var sequence = history.sequence(0, random.nextInt(3));
        var plans = plans(random, history, sequence, 0);
        // When
        var rewrite = SequenceRewriter.rewrite(sequence, plans);
        // Then
        var tokens = tokens(rewrite);
        assertThat(tokens).hasSize(60);
        assertThat(rewrite.getLineage()).hasSameSizeAs(plans);
        var whole = whole(sequence, plans);
        assertThat(tokens).isEqualTo(Arrays.copyOf(whole, 60));
        int truncated = rewrite.getTruncated().stream().mapToInt(Truncation::getTokens).sum();
        assertThat(tokens.length + truncated).isEqualTo(whole.length);
        for (var replacement : rewrite.getLineage()) {
            var donor = history.tokens(replacement.getDonor().orElseThrow());
            int start = replacement.getStart();
            assertThat(Arrays.copyOfRange(tokens, start, start + replacement.getLength()))
                    .isEqualTo(Arrays.copyOf(donor, replacement.getLength()));
            int cut =
                    rewrite.getTruncated().stream()
                            .filter(
                                    t ->
                                            t.getDocument()
                                                    .equals(
                                                            replacement
                                                                    .getDonor()
                                                                    .orElseThrow()
                                                                    .getId()))
                            .mapToInt(Truncation::getTokens)
                            .sum();
            assertThat(replacement.getLength() + cut).isEqualTo(donor.length);
        }
        for (var document : rewrite.getDocuments()) {
            assertThat(document.getStart() + document.getLength()).isLessThanOrEqualTo(60);
        }
        assertThat(rewrite.getDocuments()).extracting(DocumentSpan::getStart).isSorted();
    }

    @SeededTest
    void equallyLongDonorsMoveAndCutNothing(Random random) {
        // Given
        var history = TestingHistory.random(random, 2, 3, 60, 1);
        var sequence = history.sequence(0, 0);
        var itself =
                history.documents(0, 1).stream()
                        .filter(d -> d.getSequence() == 0 && d.getLength() > 0)
                        .map(d -> plan(d, d, history.tokens(d)))
                        .toList();
        // When
        var rewrite = SequenceRewriter.rewrite(sequence, itself);
        // Then
        assertThat(rewrite.getTokens()).isEqualTo(sequence.getTokens());
        assertThat(rewrite.getDocuments()).isEqualTo(sequence.getDocuments());
        assertThat(rewrite.getTruncated()).isEmpty();
    }

    @SeededTest(tries = 300)
    void agreesWithTheReferenceAlsoWhereDonorsAreShorter(Random random) {
        // Given
        var history = TestingHistory.random(random, 2, 3, 60, 1);
        var sequence = history.sequence(0, random.nextInt(3));
        var plans = plans(random, history, sequence, -11);
        // When
        var rewrite = SequenceRewriter.rewrite(sequence, plans);
        // Then
        assertThat(tokens(rewrite)).isEqualTo(reference(sequence, plans));
    }

    @Test
    void shortTokensKeepTheirWidth() {
        // Given
        var sequence =
                new HistorySequence(
                        "run",
                        4L,
                        0,
                        TokenWidth.U16,
                        PackedTokens.pack(new int[] {1, 2, 0, 60_000, 5}, TokenWidth.U16),
                        List.of(new DocumentSpan("a", 0, 2), new DocumentSpan("b", 3, 2)));
        var donor = new DocumentRef("c", 9L, 0, 0, 3);
        var target = new DocumentRef("a", 4L, 0, 0, 2);
        var plan = plan(target, donor, new int[] {7, 65_535, 9}, TokenWidth.U16);
        // When
        var rewrite = SequenceRewriter.rewrite(sequence, List.of(plan));
        // Then
        assertThat(tokens(rewrite)).containsExactly(7, 65_535, 9, 0, 60_000);
        assertThat(rewrite.getTruncated()).containsExactly(new Truncation("b", 1));
        assertThat(rewrite.getDocuments())
                .containsExactly(new DocumentSpan("c", 0, 3), new DocumentSpan("b", 4, 1));
    }

    @Test
    void aPlanForADocumentThatIsNotThereIsAnError() {
        // Given
        var history = TestingHistory.random(new Random(1), 1, 1, 60, 1);
        var nowhere = new DocumentRef("x", 0L, 0, 59, 1);
        var plan = plan(nowhere, nowhere, new int[] {3});
        // When / Then
        assertThatThrownBy(() -> SequenceRewriter.rewrite(history.sequence(0, 0), List.of(plan)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("step 0 sequence 0");
    }

    /** Plans for some documents, whose donors are longer by {@code least} to 12 tokens. */
    private static List<Plan> plans(
            Random random, TestingHistory history, HistorySequence sequence, int least) {
        var plans = new ArrayList<Plan>();
        int donors = 0;
        for (var target : history.documents(0, 1)) {
            if (target.getSequence() != sequence.getSequence()
                    || target.getLength() == 0
                    || random.nextInt(3) == 0) {
                continue;
            }
            int length = target.getLength() + least + random.nextInt(13 - least);
            if (length < 1) {
                continue;
            }
            var donor =
                    new DocumentRef("donor" + donors, 1L, donors++ % 3, 0, Math.min(length, 60));
            plans.add(plan(target, donor, history.tokens(donor)));
        }
        return plans.isEmpty() ? plans(random, history, sequence, least) : plans;
    }

    private static Plan plan(DocumentRef target, DocumentRef donor, int[] tokens) {
        return plan(target, donor, tokens, TokenWidth.U32);
    }

    private static Plan plan(
            DocumentRef target, DocumentRef donor, int[] tokens, TokenWidth width) {
        return Plan.newBuilder()
                .setIntervention("i")
                .setRun("run")
                .setArm("treated")
                .setOperation(Operation.SWAP)
                .setTarget(target)
                .setItems(List.of())
                .setDonor(donor)
                .setTokens(PackedTokens.pack(tokens, width))
                .build();
    }

    /** The sequence with nothing cut. */
    private static int[] whole(HistorySequence sequence, List<Plan> plans) {
        var tokens = TestingHistory.tokens(sequence);
        var whole = IntStream.builder();
        int next = 0;
        for (var plan : plans) {
            var target = plan.getTarget().orElseThrow();
            IntStream.range(next, target.getStart()).map(i -> tokens[i]).forEach(whole);
            IntStream.of(donor(plan)).forEach(whole);
            next = target.getStart() + target.getLength();
        }
        IntStream.range(next, tokens.length).map(i -> tokens[i]).forEach(whole);
        return whole.build().toArray();
    }

    /** The loop of swap_docs_between_batches.py, with NumPy's refusal to assign a shorter row. */
    private static int[] reference(HistorySequence sequence, List<Plan> plans) {
        var batch = TestingHistory.tokens(sequence);
        int offset = 0;
        for (var plan : plans) {
            var target = plan.getTarget().orElseThrow();
            int start = Math.min(target.getStart() + offset, batch.length);
            int end = Math.min(target.getStart() + target.getLength() + offset, batch.length);
            var donor = donor(plan);
            var renewed =
                    IntStream.concat(
                                    IntStream.concat(
                                            Arrays.stream(batch, 0, start), IntStream.of(donor)),
                                    Arrays.stream(batch, end, batch.length))
                            .toArray();
            if (renewed.length >= batch.length) {
                batch = Arrays.copyOf(renewed, batch.length);
                offset += donor.length - target.getLength();
            }
        }
        return batch;
    }

    private static int[] donor(Plan plan) {
        return PackedTokens.unpack(plan.getTokens().orElseThrow(), TokenWidth.U32);
    }

    private static int[] tokens(Rewrite rewrite) {
        return PackedTokens.unpack(rewrite.getTokens(), rewrite.getWidth());
    }
}
