package io.retcon.deploy.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.cli.RetconCommand;
import io.retcon.deploy.cli.Verb;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.util.List;

class ComponentVerbsTest {
    private static final int DONE = 0;
    private static final int REFUSED = 3;
    private static final List<Verb<?>> VERBS =
            List.of(
                    new Verb<>(StreamsCommand.class, StreamsCommand::new),
                    new Verb<>(IndexerCommand.class, IndexerCommand::new),
                    new Verb<>(RetrainerCommand.class, RetrainerCommand::new));

    @ParameterizedTest
    @ValueSource(strings = {"streams", "indexer", "retrainer"})
    void aComponentWithoutAClusterIsRefused(String verb, @TempDir Path folder) {
        // When
        int code = RetconCommand.run(VERBS, verb, "--data", folder.toString());
        // Then
        assertThat(code).isEqualTo(REFUSED);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"streams", "indexer", "retrainer"})
    void everyComponentHasHelp(String verb) {
        // When
        int code = RetconCommand.run(VERBS, verb, "--help");
        // Then
        assertThat(code).isEqualTo(DONE);
    }
}
