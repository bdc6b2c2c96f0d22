package io.retcon.deploy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

class RetconCommandTest {
    private record Answer(String name, int count, Optional<String> remark, Path file) {}

    @Command(name = "try", description = "Tries.")
    private static final class TryCommand implements Callable<Integer> {
        @Parameters private String what;
        @Mixin private OutputOption output;
        @Mixin private ClusterOption cluster;

        @Option(names = "--port", converter = PortConverter.class)
        private int port = 2;

        @Override
        public Integer call() {
            switch (what) {
                case "refusal" ->
                        throw new CompletionException(new RefusedInput("line 3 of x: no gold"));
                case "failure" -> throw new IllegalStateException("disk full\nat block 7");
                case "cluster" -> cluster.resolve();
                case "admin" -> cluster.resolve().admin().close();
                default ->
                        output.rows(
                                List.of(new Answer(what, port, Optional.empty(), Path.of("a b"))),
                                List.of(
                                        new Column<>("name", Answer::name),
                                        new Column<>("count", Answer::count)));
            }
            return 0;
        }
    }

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void printsResultsAloneAsATable() {
        // When
        int status = run("try", "it");

        // Then
        assertThat(status).isZero();
        assertThat(out).hasToString("NAME  COUNT\nit        2\n");
        assertThat(err).hasToString("");
    }

    @Test
    void printsResultsAsJsonALineAnObject() {
        // When
        run("try", "it", "--output", "json");

        // Then
        assertThat(out).hasToString("{\"name\":\"it\",\"count\":2,\"file\":\"a b\"}\n");
    }

    @Test
    void saysARefusalInOneSentenceWhateverWrapsIt() {
        // When
        int status = run("try", "refusal");

        // Then
        assertThat(status).isEqualTo(3);
        assertThat(err).hasToString("retcon: line 3 of x: no gold\n");
        assertThat(out).hasToString("");
    }

    @Test
    void saysAFailureInOneSentence() {
        // When
        int status = run("try", "failure");

        // Then
        assertThat(status).isEqualTo(1);
        assertThat(err)
                .hasToString(
                        "retcon: it failed where nobody foresaw it: disk full (--verbose shows"
                                + " where)\n");
    }

    @Test
    void showsTheStackTraceOfAFailureOnDemand() {
        // When
        run("try", "failure", "--verbose");

        // Then
        assertThat(err.toString()).contains("\tat " + TryCommand.class.getName());
    }

    @Test
    void refusesToGuessACluster() {
        // When
        int status = run("try", "cluster", "--data", "/nowhere");

        // Then
        assertThat(status).isEqualTo(3);
        assertThat(err.toString()).contains("no stack runs on /nowhere").contains("./retcon up");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "localhost:70000", "localhost:9092,", "a b:c"})
    void refusesAClusterThatCannotBe(String servers) {
        // When
        int status = run("try", "cluster", "--bootstrap-servers", servers);

        // Then
        assertThat(status).isEqualTo(ExitCodes.REFUSED_INPUT);
        assertThat(err)
                .hasToString(
                        "retcon: '%s' names no Kafka cluster: give HOST:PORT[,...]\n"
                                .formatted(servers));
    }

    @Test
    void refusesAClusterThatNobodyKnows() {
        // When
        int status = run("try", "admin", "--bootstrap-servers", "no.host.invalid:9092");

        // Then
        assertThat(status).isEqualTo(ExitCodes.REFUSED_INPUT);
        assertThat(err.toString())
                .startsWith("retcon: Kafka's clients can't use their settings (")
                .endsWith("): mend --bootstrap-servers or --client-properties\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-1", "http", ""})
    void refusesAPortThatCannotBe(String port) {
        // When
        int status = run("try", "it", "--port", port);

        // Then
        assertThat(status).isEqualTo(ExitCodes.WRONG_USAGE);
        assertThat(err.toString()).contains("'%s' is no port: give 0 to 65535".formatted(port));
    }

    @Test
    void pointsToHelpOnWrongUsage() {
        // When
        int status = run("try", "it", "--outptu", "json");

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("--outptu").endsWith("Try 'retcon try --help'.\n");
    }

    @Test
    void wantsAVerb() {
        // When
        int status = run();

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).contains("Name a verb.");
    }

    @Test
    void helpsWithTheCommandAndWithEveryVerb() {
        // When
        int command = run("--help");
        int verb = run("try", "--help");

        // Then
        assertThat(command).isZero();
        assertThat(verb).isZero();
        assertThat(out.toString()).contains("Tries.").contains("Exit status:").contains("--data");
    }

    private int run(String... arguments) {
        return RetconCommand.run(
                List.of(new Verb<>(TryCommand.class, TryCommand::new)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                arguments);
    }
}
