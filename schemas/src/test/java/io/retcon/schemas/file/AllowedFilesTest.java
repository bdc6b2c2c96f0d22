package io.retcon.schemas.file;

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

class AllowedFilesTest {
    @TempDir Path folder;
    private Path inside;
    private AllowedFiles allowed;

    @BeforeEach
    void make() throws IOException {
        inside = Files.createDirectories(folder.resolve("inside"));
        Files.createDirectories(folder.resolve("inside-too"));
        allowed = new AllowedFiles(List.of(inside));
    }

    private void assertRefused(Path path) {
        assertThatThrownBy(() -> allowed.at(path.toString(), "checkpoint 4"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("checkpoint 4 lies in " + path)
                .hasMessageContaining("--allow-files");
    }

    @Test
    void whatLiesInsideIsOpened() {
        // Then
        assertThat(allowed.at(inside.resolve("a/b").toString(), "it"))
                .isEqualTo(inside.resolve("a/b"));
    }

    @Test
    void whatLiesOutsideIsRefused() {
        // Then
        assertRefused(folder);
        assertRefused(folder.resolve("inside-too"));
        assertRefused(inside.resolve("../inside-too"));
        assertRefused(Path.of("/etc/passwd"));
        assertRefused(Path.of("relative"));
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        // Given
        var link = Files.createSymbolicLink(inside.resolve("link"), folder.resolve("inside-too"));
        // Then
        assertRefused(link);
        assertRefused(link.resolve("not-there-yet"));
    }

    @Test
    void aWayThroughALinkIsJudgedByWhereItLeads() throws IOException {
        // Given
        var deep = Files.createDirectories(folder.resolve("inside-too/deep"));
        var link = Files.createSymbolicLink(inside.resolve("link"), deep);
        Files.createDirectories(inside.resolve("here"));
        // Then
        assertRefused(Path.of(link + "/../secret"));
        assertThat(allowed.at(inside + "/here/../x/./y", "it")).isEqualTo(inside.resolve("x/y"));
    }

    @Test
    void whatWasJudgedIsReturned() throws IOException {
        // Given
        var real = Files.createDirectories(inside.resolve("a/b"));
        Files.createSymbolicLink(inside.resolve("link"), real);
        // When
        var judged = allowed.at(inside + "/link/../secret", "it");
        // Then
        assertThat(judged).isEqualTo(inside.resolve("a/secret"));
    }

    @Test
    void aLinkThatLeadsNowhereYetIsRefused() throws IOException {
        // Given
        Files.createSymbolicLink(inside.resolve("link"), folder.resolve("later"));
        // When
        assertThatThrownBy(() -> allowed.at(inside + "/link/x", "checkpoint 4"))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("checkpoint 4");
    }

    @Test
    void aLinkThatAnOperatorAllowedLeadsWhereItLeads() throws IOException {
        // Given
        var link = Files.createSymbolicLink(folder.resolve("link"), inside);
        // When
        var byLink = new AllowedFiles(List.of(link));
        // Then
        assertThat(byLink.at(inside.resolve("a").toString(), "it")).isEqualTo(inside.resolve("a"));
    }

    @Test
    void whatIsNoPathIsRefused() {
        // When
        assertThatThrownBy(() -> AllowedFiles.ALL.at("a\0b", "checkpoint 4"))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageStartingWith("checkpoint 4 has no location");
    }

    @Test
    void noNameIsAWayToAnotherFolder() {
        for (var name : List.of("..", ".", "../x", "a/b", "/etc", "a\0b")) {
            // When
            var path = folder.resolve(FolderName.of(name));
            // Then
            assertThat(path.normalize().getParent()).as(name).isEqualTo(folder);
        }
        assertThat(FolderName.of("0123456789abcdef")).isEqualTo("0123456789abcdef");
        assertThat(FolderName.of("olmo2-1b.v2")).isEqualTo("olmo2-1b.v2");
    }
}
