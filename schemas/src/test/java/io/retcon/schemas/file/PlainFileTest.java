package io.retcon.schemas.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

class PlainFileTest {
    @TempDir private Path folder;

    @Test
    void aFileIsThereAndALinkThatLeadsNowhereIsNot() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("file"), "x");
        var link = Files.createSymbolicLink(folder.resolve("link"), file);
        var lost = Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("none"));
        // When, Then
        assertThat(new PlainFile(file).isThere()).isTrue();
        assertThat(new PlainFile(link).isThere()).isTrue();
        assertThat(new PlainFile(lost).isThere()).isFalse();
        assertThat(new PlainFile(folder.resolve("none")).isThere()).isFalse();
    }

    @Test
    void whatIsNoFileIsRefused() throws Exception {
        // Given
        var pipe = folder.resolve("pipe");
        var made = new ProcessBuilder("mkfifo", pipe.toString()).start();
        // When, Then
        assertRefused(folder);
        assertRefused(Path.of("/dev/null"));
        assumeThat(made.waitFor()).as("mkfifo is there").isZero();
        assertRefused(pipe);
    }

    @Test
    void whatMayNotBeReadIsRefused() throws IOException {
        // Given
        var file = Files.writeString(folder.resolve("secret"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeThat(Files.isReadable(file)).as("root reads everything").isFalse();
        // When, Then
        assertThatThrownBy(() -> new PlainFile(file).isThere())
                .isInstanceOf(RefusedInput.class)
                .hasMessage("%s: not readable: let the user that Retcon runs as read it", file);
    }

    private static void assertRefused(Path path) {
        assertThatThrownBy(() -> new PlainFile(path).isThere())
                .isInstanceOf(RefusedInput.class)
                .hasMessage(
                        "%s: this is no plain file but a folder, a pipe or a device: put the file"
                                + " there",
                        path);
    }
}
