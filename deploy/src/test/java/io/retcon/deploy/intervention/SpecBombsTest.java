package io.retcon.deploy.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.dashboard.publish.SpecCheck;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.spec.SpecDocuments;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Specs that are small and would cost much: refused before a cluster is asked for anything. */
@Timeout(60)
class SpecBombsTest {
    private static final Cluster AWAY = new Cluster("127.0.0.1:1");

    @TempDir Path folder;

    @Test
    void aBombInAFileIsRefusedWithFileLineAndColumn() throws IOException {
        for (var bomb : bombs()) {
            // Given
            var file = Files.writeString(folder.resolve("bomb.yaml"), bomb);
            // When / Then
            for (var kind : List.<Runnable>of(read(file), several(file), standing(file))) {
                assertThatThrownBy(kind::run)
                        .isInstanceOf(RefusedInput.class)
                        .hasMessageStartingWith(file + ": line ")
                        .hasMessageContaining(", column ");
            }
        }
    }

    @Test
    void aBombByThePageIsAFaultWithLineAndColumn() {
        for (var bomb : bombs()) {
            // When
            var fault = new SpecCheck(AWAY, SpecDocuments.NONE).fault(bomb).orElseThrow();
            // Then
            assertThat(fault.line()).isPresent();
            assertThat(fault.column()).isPresent();
        }
    }

    @Test
    void aFileThatASpecNamesBringsNoMoreThanASpecMayHave() throws IOException {
        // Given
        var line = "{\"id\": \"%d\", \"text\": \"" + "x".repeat(1 << 20) + "\"}\n";
        var lines = new StringBuilder();
        for (int i = 0; i < 9; i++) {
            lines.append(line.formatted(i));
        }
        var documents = Files.writeString(folder.resolve("documents.jsonl"), lines);
        var named = new NamedDocuments(AWAY, name -> documents, name -> name);
        // When / Then
        assertThatThrownBy(() -> named.ofFile("documents.jsonl"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("more than the 8,388,608 characters");
        assertThatThrownBy(() -> named.matchesOfFile("documents.jsonl"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("more than the 8,388,608 bytes");
    }

    private static Runnable read(Path file) {
        return () -> new SpecFile(file, AWAY).read();
    }

    private static Runnable several(Path file) {
        return () -> new SpecFile(file, AWAY).readSeveral();
    }

    private static Runnable standing(Path file) {
        return () -> new SpecFile(file, AWAY).readStanding();
    }

    private static List<String> bombs() {
        var bombs = new ArrayList<String>();
        bombs.add("[".repeat(20_000));
        bombs.add("{\"a\":".repeat(20_000));
        bombs.add("- ".repeat(20_000));
        var copies = new StringBuilder("b0: &b0 [" + "x,".repeat(255) + "x]\n");
        for (int i = 1; i <= 16; i++) {
            copies.append("b%d: &b%d [*b%d,*b%d,*b%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        bombs.add(copies.toString());
        return bombs;
    }
}
