package io.retcon.deploy.bench.retrainings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

class BankFileTest {
    @TempDir Path folder;
    private final Bank bank = TestingBank.random(new Random(5), 3, 0);
    private Path path;
    private BankFile file;

    @BeforeEach
    void write() {
        path = folder.resolve("bank.jsonl");
        file = new BankFile(path);
        file.open(TestingBank.ORIGIN);
        bank.replicates().reversed().forEach(file::append);
    }

    @Test
    void whatWasAppendedIsReadByArmAndReplicate() {
        // When
        var read = file.read();
        // Then
        assertThat(read).isEqualTo(bank);
    }

    @Test
    void anUnfinishedLineIsDoneAgain() throws IOException {
        // Given
        var text = Files.readString(path);
        Files.writeString(path, text.substring(0, text.length() - 7));
        // When
        var opened = file.open(TestingBank.ORIGIN);
        // Then: what was appended last is missing
        assertThat(opened.has("control", 0)).isFalse();
        file.append(bank.replicates().getFirst());
        assertThat(file.read()).isEqualTo(bank);
    }

    @Test
    void aBankOfOtherRetrainingsIsLeftAlone() throws IOException {
        // Given
        var before = Files.readString(path);
        var origin = TestingBank.ORIGIN;
        var other =
                new BankOrigin(
                        origin.world(),
                        origin.spec(),
                        origin.checkpoint(),
                        origin.threads(),
                        Map.of("control", "aa", "treated", "cc"),
                        origin.items(),
                        origin.selected());
        // When, Then
        assertThatThrownBy(() -> file.open(other))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("bank of other retrainings");
        assertThat(Files.readString(path)).isEqualTo(before);
    }

    @Test
    void aGzippedBankIsRead() throws IOException {
        // Given
        var zipped = folder.resolve("bank.jsonl.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            Files.copy(path, out);
        }
        // When
        var read = new BankFile(zipped).read();
        // Then
        assertThat(read).isEqualTo(bank);
    }

    @Test
    void whatIsNoBankIsRefusedWithItsPlace() throws IOException {
        // Given
        var twice = TestingBank.replicate("control", 0, bank.replicates().getFirst().margin());
        var empty = Files.writeString(folder.resolve("empty.jsonl"), "");
        var other = Files.writeString(folder.resolve("other.jsonl"), "{\"a\": 1}\n");
        // When
        file.append(twice);
        // Then
        assertThatThrownBy(file::read)
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("replicate 0 of arm 'control' is twice");
        assertThatThrownBy(() -> new BankFile(empty).read())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("empty.jsonl holds no bank");
        assertThatThrownBy(() -> new BankFile(other).read())
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("other.jsonl line 1 is none of a bank's");
        assertThatThrownBy(
                        () ->
                                new Bank(
                                        TestingBank.ORIGIN,
                                        List.of(new Replicate("control", 0, "1", List.of(0.5)))))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("has 1 outcomes where the bank has 12 items");
    }
}
