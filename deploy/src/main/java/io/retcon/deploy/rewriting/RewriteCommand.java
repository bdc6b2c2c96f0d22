package io.retcon.deploy.rewriting;

import io.retcon.deploy.cli.OutputOption;
import io.retcon.streams.rewriting.LocalRewrite;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The rewriting stage over local files. */
@Command(
        name = "rewrite",
        description =
                "Swaps documents by a given mapping over folders of STEP.npy files; no broker"
                        + " needed.")
public final class RewriteCommand implements Callable<Integer> {
    @Option(
            names = "--history",
            required = true,
            paramLabel = "DIR",
            description = "The history: a STEP.npy a step, [sequences][tokens].")
    private Path history;

    @Option(
            names = "--donors",
            required = true,
            paramLabel = "DIR",
            description = "The donors' window, in the same form.")
    private Path donors;

    @Option(
            names = "--mapping",
            required = true,
            paramLabel = "FILE",
            description =
                    "JSON rows of eight numbers: step, sequence, first and last token of a"
                            + " document, then of its donor.")
    private Path mapping;

    @Option(
            names = {"-o", "--to"},
            required = true,
            paramLabel = "DIR",
            description = "Where every step's file and lineage.jsonl go.")
    private Path out;

    @Mixin private OutputOption output;
    @Spec private CommandSpec command;

    @Override
    public Integer call() {
        var rewrite = LocalRewrite.run(history, donors, mapping, out);
        rewrite.leftOut()
                .forEach(
                        row ->
                                command.commandLine()
                                        .getErr()
                                        .printf(
                                                "%s row %d: left out, its donor is shorter%n",
                                                mapping, row));
        output.result(rewrite, RewriteCommand::text);
        return 0;
    }

    private static String text(LocalRewrite rewrite) {
        return "%,d steps, %,d documents replaced, %,d tokens fell off sequences' ends"
                .formatted(rewrite.steps(), rewrite.replaced(), rewrite.truncated());
    }
}
