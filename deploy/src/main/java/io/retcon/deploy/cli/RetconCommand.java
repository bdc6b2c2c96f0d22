package io.retcon.deploy.cli;

import io.retcon.schemas.Causes;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.serde.TrustedRecords;

import org.apache.kafka.common.config.ConfigException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * The {@code retcon} command over its verbs: what every verb has, and how each way of ending
 * becomes an exit status and at most one sentence on standard error.
 */
@Command(
        name = "retcon",
        synopsisSubcommandLabel = "VERB",
        description =
                "Rewrites a language model's training history, retrains, and measures what"
                        + " changed.",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:done", "1:failed", "2:wrong usage", "3:refused input"},
        commandListHeading = "%nVerbs:%n")
public final class RetconCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure (also: RETCON_DEBUG=1).")
    private boolean verbose;

    private RetconCommand() {}

    /**
     * Runs the verb that {@code arguments} name and returns the exit status.
     *
     * @param verbs in the order in which help lists them
     */
    public static int run(List<Verb<?>> verbs, String... arguments) {
        return run(
                verbs,
                results(),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                arguments);
    }

    static int run(List<Verb<?>> verbs, PrintWriter out, PrintWriter err, String... arguments) {
        var command = new RetconCommand();
        try {
            TrustedRecords.vouch();
            return command.over(verbs, arguments).setOut(out).setErr(err).execute(arguments);
        } catch (Throwable e) {
            return command.failed(e, err);
        } finally {
            out.flush();
        }
    }

    /** Results may be millions of lines: they go out in blocks, not line by line. */
    private static PrintWriter results() {
        return new PrintWriter(
                new BufferedWriter(
                        new OutputStreamWriter(
                                new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
                        1 << 16),
                false);
    }

    /**
     * Only the verb that is asked for is read whole: all of them would double the time to start.
     */
    private CommandLine over(List<Verb<?>> verbs, String... arguments) {
        var line = new CommandLine(this);
        for (var verb : verbs) {
            boolean asked = List.of(arguments).contains(verb.name());
            line.addSubcommand(verb.name(), asked ? verb.whole() : verb.outline());
        }
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setParameterExceptionHandler(RetconCommand::wrongUsage);
        line.setExecutionExceptionHandler(
                (failure, verb, parsed) -> failed(failure, verb.getErr()));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Name a verb.");
    }

    private static int wrongUsage(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        String verb = e.getCommandLine().getCommandSpec().qualifiedName();
        err.println(verb + ": " + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("Try '" + verb + " --help'.");
        err.flush();
        return ExitCodes.WRONG_USAGE;
    }

    private int failed(Throwable failure, PrintWriter err) {
        Optional<RefusedInput> refused = refusal(failure);
        err.println(
                "retcon: " + refused.map(Throwable::getMessage).orElseGet(() -> sentence(failure)));
        if (verbose || System.getenv("RETCON_DEBUG") != null) {
            failure.printStackTrace(err);
        }
        err.flush();
        return refused.isPresent() ? ExitCodes.REFUSED_INPUT : ExitCodes.FAILED;
    }

    private static String sentence(Throwable failure) {
        Throwable told = failure;
        while (told.getCause() != null
                && (told instanceof ExecutionException
                        || told instanceof CompletionException
                        || told instanceof UncheckedIOException)) {
            told = told.getCause();
        }
        return FailureWords.of(told);
    }

    /** Threads and callbacks wrap what they catch: a refusal counts wherever it is in the chain. */
    private static Optional<RefusedInput> refusal(Throwable failure) {
        return Causes.of(failure)
                .map(RetconCommand::asRefusal)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<RefusedInput> asRefusal(Throwable cause) {
        return switch (cause) {
            case RefusedInput refused -> Optional.of(refused);
            case ConfigException settings ->
                    Optional.of(
                            new RefusedInput(
                                    "Kafka's clients can't use their settings (%s): mend --bootstrap-servers or --client-properties"
                                            .formatted(settings.getMessage()),
                                    settings));
            default -> Optional.empty();
        };
    }
}
