package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class BrokerLogsTest {
    @TempDir private Path folder;
    private Path log;
    private BrokerLogs logs;

    @BeforeEach
    void closeWell() throws IOException {
        log = folder.resolve("retcon.plans-0").resolve("00000000000000000000.log");
        Files.createDirectories(log.getParent());
        Files.write(log, new byte[4311]);
        Files.createFile(folder.resolve(".kafka_cleanshutdown"));
        logs = new BrokerLogs(folder);
        logs.note();
    }

    @Test
    void believesFilesThatAreAsTheyWereLeft() {
        assertThatCode(logs::check).doesNotThrowAnyException();
    }

    @Test
    void refusesAFileThatWasCutShort() throws IOException {
        // Given
        Files.write(log, new byte[4000]);

        // When, Then
        assertThatThrownBy(logs::check)
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "%s is damaged: it has 4,000 bytes where the broker left 4,311: restore it"
                            + " from a copy, or name an empty folder with --data",
                        log);
        Files.write(log, new byte[4311]);
        assertThatCode(logs::check).doesNotThrowAnyException();
    }

    @Test
    void refusesAFileThatIsMissing() throws IOException {
        // Given
        Files.delete(log);

        // When, Then
        assertThatThrownBy(logs::check)
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("it has 0 bytes where the broker left 4,311");
    }

    @Test
    void leavesWhatAKilledBrokerLeftToKafka() throws IOException {
        // Given
        Files.delete(folder.resolve(".kafka_cleanshutdown"));
        Files.write(log, new byte[4000]);

        // When, Then
        assertThatCode(logs::check).doesNotThrowAnyException();
    }

    @Test
    void doesNotBelieveADamagedNote() throws IOException {
        // Given
        var note = folder.resolve("sizes.tsv");
        Files.writeString(note, Files.readString(note).replace("4311", "4312"));

        // When, Then
        assertThatCode(logs::check).doesNotThrowAnyException();
        assertThat(note).doesNotExist();
    }
}
