package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

class DataFolderTest {
    private static final FileAttribute<Set<PosixFilePermission>> OPEN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    private static final int OURS = DataFormat.OURS.format();

    @TempDir private Path parent;

    @Test
    void isMadeAndMarked() {
        // When
        DataFolder.claim(parent.resolve("a/b")).close();

        // Then
        assertThat(parent.resolve("a/b/retcon-data.json"))
                .hasContent("{\"format\":%d}\n".formatted(OURS));
    }

    @Test
    void isItsOwnersAlone() throws IOException {
        // Given
        Files.createDirectory(parent.resolve("open"), OPEN);
        // When
        DataFolder.claim(parent.resolve("new")).close();
        DataFolder.claim(parent.resolve("open")).close();
        // Then
        for (var name : List.of("new", "open")) {
            assertThat(Files.getPosixFilePermissions(parent.resolve(name)))
                    .as(name)
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void canBeClaimedAgainOnceItIsClosed() {
        // Given
        DataFolder.claim(parent.resolve("data")).close();

        // When
        try (var again = DataFolder.claim(parent.resolve("data"))) {

            // Then
            assertThat(again.path()).isDirectory();
        }
    }

    @Test
    void isRefusedWhileThisProcessHoldsIt() {
        try (var held = DataFolder.claim(parent.resolve("data"))) {
            // When, Then
            assertThatThrownBy(() -> DataFolder.claim(held.path()))
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void isRefusedInAnotherVersionWithBothAndTheMend() throws IOException {
        // Given
        Files.writeString(parent.resolve(DataFormat.FILE), "{\"format\": 7}");

        // When, Then
        assertThatThrownBy(() -> DataFolder.claim(parent))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("format 7")
                .hasMessageContaining("format " + OURS)
                .hasMessageContaining("--data");
    }

    @Test
    void isFreeAgainAfterARefusal() throws IOException {
        // Given
        Path mark = parent.resolve(DataFormat.FILE);
        Files.writeString(mark, "{\"format\": 7}");
        assertThatThrownBy(() -> DataFolder.claim(parent)).isInstanceOf(RefusedInput.class);
        Files.writeString(mark, "{\"format\": %d}".formatted(OURS));

        // When
        try (var claimed = DataFolder.claim(parent)) {

            // Then
            assertThat(claimed.path()).isDirectory();
        }
    }

    @Test
    void isRefusedWhenItsMarkCannotBeRead() throws IOException {
        // Given
        Files.writeString(parent.resolve(DataFormat.FILE), "{\"form");

        // When, Then
        assertThatThrownBy(() -> DataFolder.claim(parent))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(DataFormat.FILE);
    }

    @Test
    void isRefusedWhenItHoldsSomethingElse() throws IOException {
        // Given
        Files.writeString(parent.resolve("thesis.tex"), "");

        // When, Then
        assertThatThrownBy(() -> DataFolder.claim(parent))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("thesis.tex");
    }

    @Test
    void isRefusedWhenItIsAFile() throws IOException {
        // Given
        Path file = Files.writeString(parent.resolve("file"), "");

        // When, Then
        assertThatThrownBy(() -> DataFolder.claim(file))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("is a file");
    }

    @Test
    void canBeClaimedWholeAfterOneOfItsParts() {
        // Given
        DataFolder.claimPart(parent, "retrainer").close();

        // When
        try (var whole = DataFolder.claim(parent)) {

            // Then
            assertThat(whole.path().resolve("retrainer")).isDirectory();
        }
    }

    @Test
    void letsDifferentPartsBeHeldAtOnceButNotOneTwice() {
        try (var streams = DataFolder.claimPart(parent, "streams");
                var indexer = DataFolder.claimPart(parent, "indexer")) {
            // When, Then
            assertThat(streams.path()).isNotEqualTo(indexer.path());
            assertThatThrownBy(() -> DataFolder.claimPart(parent, "streams"))
                    .isInstanceOf(RefusedInput.class);
        }
    }
}
