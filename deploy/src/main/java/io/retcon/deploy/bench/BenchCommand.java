package io.retcon.deploy.bench;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
        name = "bench",
        description = "Benchmarks against peers, side by side in one run.",
        subcommands = {MatchBenchCommand.class, RewriteBenchCommand.class, TrainBenchCommand.class})
public final class BenchCommand {}
