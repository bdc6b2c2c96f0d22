package io.retcon.retrainer.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.history.PackedTokens;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.RunManifest;
import io.retcon.schemas.record.TokenWidth;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** A spool whose file is damaged while it is read. */
class WindowSpoolTest {
    private static final Window WINDOW = new Window(5, 9);
    private static final int SEQUENCES = 2;
    private static final int TOKENS = 6;
    private static final StepTokens.Masked MASKED = new StepTokens.Masked(1, 2, 3);

    @TempDir private Path folder;
    private int copies;

    @Test
    void whatWasCopiedIsRead() {
        // Given
        try (var spool = new WindowSpool(copy(), this::copy)) {
            // When, Then
            for (long step = WINDOW.from(); step < WINDOW.to(); step++) {
                assertThat(spool.step(step).sequences()).isDeepEqualTo(sequences(step));
            }
            assertThat(spool.step(6).masked()).containsExactly(MASKED);
            assertThat(spool.step(7).masked()).isEmpty();
        }
        assertThat(copies).isEqualTo(1);
    }

    @Test
    void whatIsDamagedIsCopiedAgain() throws IOException {
        // Given
        var spooled = copy();
        var whole = Files.readAllBytes(spooled.file());
        for (int at = 0; at <= whole.length; at += 7) {
            if (at < whole.length) {
                var flipped = whole.clone();
                flipped[at] ^= 4;
                Files.write(spooled.file(), flipped);
                assertEveryStepIsRead(spooled);
            }
            Files.write(spooled.file(), Arrays.copyOf(whole, at));
            assertEveryStepIsRead(spooled);
        }
        Files.delete(spooled.file());
        assertEveryStepIsRead(spooled);
    }

    @Test
    void aDiskThatDamagesEveryCopyIsNamed() {
        // Given
        var spooled = copy();
        try (var spool =
                new WindowSpool(
                        damage(spooled),
                        () -> {
                            copy();
                            return damage(spooled);
                        })) {
            // When, Then
            assertThatThrownBy(() -> spool.step(5))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("arm.tokens: the copy of the window was damaged twice");
        }
    }

    private void assertEveryStepIsRead(SpooledWindow spooled) {
        // When
        try (var spool = new WindowSpool(spooled, this::copy)) {
            // Then
            for (long step = WINDOW.from(); step < WINDOW.to(); step++) {
                assertThat(spool.step(step).sequences()).isDeepEqualTo(sequences(step));
            }
        }
    }

    private static SpooledWindow damage(SpooledWindow spooled) {
        try {
            Files.write(spooled.file(), new byte[1]);
            return spooled;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SpooledWindow copy() {
        copies++;
        var bytes = new ByteArrayOutputStream();
        var sums = new long[Math.toIntExact(WINDOW.steps())];
        for (long step = WINDOW.from(); step < WINDOW.to(); step++) {
            var crc = new CRC32C();
            for (int[] sequence : sequences(step)) {
                var packed = PackedTokens.pack(sequence, TokenWidth.U16).array();
                crc.update(packed);
                bytes.writeBytes(packed);
            }
            sums[Math.toIntExact(step - WINDOW.from())] = crc.getValue();
        }
        var manifest =
                RunManifest.newBuilder()
                        .setSequencesPerStep(SEQUENCES)
                        .setTokensPerSequence(TOKENS)
                        .setPartitions(1)
                        .setVocabulary(1000)
                        .setWidth(TokenWidth.U16)
                        .setEos(0)
                        .setSteps(1000)
                        .build();
        try {
            var file = Files.write(folder.resolve("arm.tokens"), bytes.toByteArray());
            return new SpooledWindow(file, WINDOW, manifest, sums, Map.of(6L, List.of(MASKED)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int[][] sequences(long step) {
        var sequences = new int[SEQUENCES][TOKENS];
        for (int s = 0; s < SEQUENCES; s++) {
            for (int t = 0; t < TOKENS; t++) {
                sequences[s][t] = Math.toIntExact(100 * step + 10 * s + t);
            }
        }
        return sequences;
    }
}
