package io.retcon.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

class FailureWordsTest {
    @Test
    void noClassIsNamed() {
        // Given
        var failures =
                List.of(
                        new NoSuchFileException("/x/y"),
                        new AccessDeniedException("/x/y"),
                        new FileSystemException("/x/y", null, "No space left on device"),
                        new IOException("/x/y is odd\nsecond line"),
                        new NullPointerException(),
                        new OutOfMemoryError("Java heap space"));
        // When
        var said = failures.stream().map(FailureWords::of).toList();
        // Then
        assertThat(said)
                .noneMatch(sentence -> sentence.matches("(?s).*(Exception|Error|\\n|null).*"));
        assertThat(said.subList(0, 4)).allMatch(sentence -> sentence.contains("/x/y"));
        assertThat(said.get(2)).endsWith("No space left on device");
    }
}
