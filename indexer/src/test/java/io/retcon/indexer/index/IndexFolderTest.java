package io.retcon.indexer.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.history.Window;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

class IndexFolderTest {
    @TempDir private Path path;

    @Test
    void theOneUnusedForLongestGoesFirstAndOthersFilesStay() throws IOException {
        // Given
        var folder = new IndexFolder(path, 250);
        Files.writeString(path.resolve("a.lock"), "held");
        var oldest = index(folder, "run/one", new Window(0, 5), 1);
        var older = index(folder, "run two", new Window(0, 5), 2);
        var used = index(folder, "run/one", new Window(5, 9), 0);
        // When
        folder.use(used);
        // Then
        assertThat(oldest).doesNotExist();
        assertThat(older).exists();
        assertThat(used).exists();
        assertThat(path.resolve("a.lock")).exists();
        assertThat(folder.isFull()).isFalse();
    }

    @Test
    void whatIsUsedStaysHoweverSmallTheFolderMayBe() throws IOException {
        // Given
        var folder = new IndexFolder(path, 10);
        var used = index(folder, "run", new Window(0, 5), 0);
        // When
        folder.use(used);
        // Then
        assertThat(used).exists();
        assertThat(folder.isFull()).isTrue();
    }

    @Test
    void aFolderThatIsNotThereIsEmpty() throws IOException {
        assertThat(new IndexFolder(path.resolve("nowhere")).isFull()).isFalse();
    }

    private static Path index(IndexFolder folder, String run, Window window, int usedAt)
            throws IOException {
        var index = Files.createDirectories(folder.of(run, window).resolve("0"));
        Files.write(index.resolve("file"), new byte[100]);
        Files.setLastModifiedTime(index.getParent(), FileTime.fromMillis(usedAt));
        return index.getParent();
    }
}
