package io.retcon.deploy.training;

import io.retcon.retrainer.evaluation.Unconditional;

import picocli.CommandLine.Option;

import java.util.List;

/** What is scored at a run's checkpoints. */
public final class EvaluationOptions {
    @Option(
            names = "--benchmarks",
            split = ",",
            description = "Benchmarks to score (default: all that were imported).")
    private List<String> benchmarks = List.of();

    @Option(
            names = "--unconditional",
            description = "Score choices without their query too, for acc_uncond.")
    private boolean unconditional;

    /** None for all. */
    List<String> benchmarks() {
        return benchmarks;
    }

    Unconditional unconditional() {
        return unconditional ? Unconditional.SCORED : Unconditional.SKIPPED;
    }
}
