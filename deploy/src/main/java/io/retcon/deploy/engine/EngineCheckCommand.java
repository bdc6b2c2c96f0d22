package io.retcon.deploy.engine;

import io.retcon.deploy.cli.OutputOption;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.util.concurrent.Callable;

/** What engines find on this machine. */
@Command(
        name = "check",
        description = {
            "Says which engines are installed and what they compute on.",
            "Also which GPUs there are, which of CUDA 13's libraries were found where, and how to"
                    + " get what is missing."
        })
final class EngineCheckCommand implements Callable<Integer> {
    @Mixin private OutputOption output;

    @Override
    public Integer call() {
        output.result(EngineReport.ofThisMachine(), EngineReport::text);
        return 0;
    }
}
