package io.retcon.deploy.bench;

import io.retcon.deploy.bench.calibration.CalibrationBenchCommand;
import io.retcon.deploy.bench.crash.CrashBenchCommand;
import io.retcon.deploy.bench.dashboard.DashboardBenchCommand;
import io.retcon.deploy.bench.retrainings.AlikeBenchCommand;
import io.retcon.deploy.bench.retrainings.DemosBenchCommand;
import io.retcon.deploy.bench.retrainings.RetrainingsBenchCommand;
import io.retcon.deploy.bench.soak.SoakBenchCommand;
import io.retcon.deploy.bench.truth.TruthBenchCommand;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(
        name = "bench",
        description = "Benchmarks against peers, side by side in one run.",
        subcommands = {
            MatchBenchCommand.class,
            RewriteBenchCommand.class,
            CrashBenchCommand.class,
            TrainBenchCommand.class,
            EffectsBenchCommand.class,
            DashboardBenchCommand.class,
            CalibrationBenchCommand.class,
            FactorialBenchCommand.class,
            TruthBenchCommand.class,
            RetrainingsBenchCommand.class,
            AlikeBenchCommand.class,
            DemosBenchCommand.class,
            SoakBenchCommand.class
        })
public final class BenchCommand {}
