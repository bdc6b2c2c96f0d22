package io.retcon.deploy.bench;

import io.retcon.deploy.bench.crash.CrashBenchCommand;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
        name = "bench",
        description = "Benchmarks against peers, side by side in one run.",
        subcommands = {
            MatchBenchCommand.class,
            CrashBenchCommand.class,
            RewriteBenchCommand.class,
            TrainBenchCommand.class
        })
public final class BenchCommand {}
