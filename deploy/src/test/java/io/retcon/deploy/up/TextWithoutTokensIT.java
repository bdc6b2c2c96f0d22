package io.retcon.deploy.up;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.deploy.RetconProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Documents of a spec that the run's tokenizer throws on, or whose letters end the process that
 * asks the library: the intervention fails with the reason, and the stack works on, now and after
 * it was killed.
 */
class TextWithoutTokensIT {
    private static final int REFUSED = 3;
    private static final String SPEC =
            """
            name: %s
            run: un
            select: { benchmark: asc, rule: all }
            window: { from: 0, to: 4 }
            match: { matcher: cooccurrence }
            operate: { operation: insert, documents: [{ id: new, text: '%s' }] }
            arms: [control, treated]
            retrain: { replicates: 1, engine: nd4j }
            """;

    @TempDir private Path folder;
    private RetconProcess stack;

    @BeforeEach
    void unpack() throws IOException {
        for (var name : List.of("config.json", "recipe.json", "corpus.jsonl", "items.jsonl")) {
            unpack(name, name);
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        stack.close();
    }

    @ParameterizedTest
    @CsvSource({"no-unknown.json, The café is here", "panics.json, A café in"})
    void failsTheInterventionAlone(String tokenizer, String text) throws Exception {
        // Given
        unpack(tokenizer, "tokenizer.json");
        up();
        succeed(
                "history",
                "import",
                file("corpus.jsonl"),
                "--run",
                "un",
                "--tokenizer",
                file("tokenizer.json"),
                "--batch",
                "2",
                "--sequence-length",
                "16");
        succeed("items", "import", file("items.jsonl"));
        succeed(
                "train",
                "--run",
                "un",
                "--config",
                file("config.json"),
                "--recipe",
                file("recipe.json"),
                "--every",
                "4",
                "--benchmarks",
                "asc");

        // When
        var refused = run("run", spec("refused", text), "--wait");

        // Then
        assertThat(refused.status()).as(refused.words()).isEqualTo(REFUSED);
        assertThat(refused.words()).contains("document 'new'").doesNotContain("Exception");
        stack.kill();
        up();
        succeed("run", spec("read", "cat filler"), "--wait");
        stack.stop();
    }

    private void up() throws Exception {
        stack = start("up", "--port", "0", "--dashboard-port", "0");
        while (run("status").status() != 0) {
            assertThat(stack.process().isAlive()).as(stack.words()).isTrue();
        }
    }

    private void succeed(String... arguments) throws Exception {
        var done = run(arguments);
        assertThat(done.status()).as(done.words()).isZero();
    }

    private RetconProcess run(String... arguments) throws Exception {
        var verb = start(arguments);
        verb.status();
        return verb;
    }

    private RetconProcess start(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return RetconProcess.start(Files.createTempFile(folder, arguments[0], ".log"), all);
    }

    private String spec(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), SPEC.formatted(name, text))
                .toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    private void unpack(String resource, String name) throws IOException {
        try (var in = TextWithoutTokensIT.class.getResourceAsStream(resource)) {
            Files.copy(in, folder.resolve(name));
        }
    }
}
