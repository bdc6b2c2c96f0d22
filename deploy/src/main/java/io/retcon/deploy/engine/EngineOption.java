package io.retcon.deploy.engine;

import io.retcon.deploy.component.Stages;
import io.retcon.deploy.stack.Component;
import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.retrainer.engine.Precision;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.spec.InterventionSpec;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

import java.util.List;
import java.util.OptionalInt;

/** Which engine computes, on what, and in what numbers. */
public final class EngineOption {
    @Option(
            names = "--engine",
            defaultValue = "nd4j",
            paramLabel = "nd4j|libtorch",
            description =
                    "What computes the model; libtorch must be installed ('engine install',"
                            + " default: ${DEFAULT-VALUE}).")
    private String engine;

    @Option(
            names = "--device",
            defaultValue = Compute.CPU,
            paramLabel = "cpu|cuda:N",
            description = "What engine libtorch computes on (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(
            names = "--precision",
            defaultValue = "fp32",
            paramLabel = "fp32|bf16",
            description =
                    "What engine libtorch computes products in; weights are fp32 in any case"
                            + " (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Spec(Target.MIXEE)
    private CommandSpec command;

    public String engine() {
        return engine;
    }

    /** Whether it is the one that every installation has. */
    public boolean isNd4j() {
        return engine.equals("nd4j");
    }

    public String device() {
        return device;
    }

    public Compute compute(int threads) {
        return new Compute(device, Precision.of(precision), threads);
    }

    /** The spec with this engine for its retrainings, and a name of its own. */
    public InterventionSpec says(InterventionSpec spec) {
        if (isNd4j()) {
            return spec;
        }
        var retrain =
                RetrainSpec.newBuilder(spec.retrain())
                        .setEngine(engine)
                        .setDevice(device)
                        .setPrecision(precision)
                        .build();
        return InterventionSpec.newBuilder(spec)
                .setName(spec.name() + "-" + engine)
                .setRetrain(retrain)
                .build();
    }

    /** What a stack needs beside its own retrainer so that it can compute with this engine. */
    public List<Component> workers() {
        return engine.equals(Engine.here().name())
                ? List.of()
                : EngineWorkers.on(List.of(device), Stages.RETRAINER_THREADS, AllowedFiles.ALL);
    }

    /**
     * Runs the same command in a process of the engine's own, where this one has another engine.
     *
     * @return its exit status; none where the command is to go on here
     */
    public OptionalInt runElsewhere() {
        if (engine.equals(Engine.here().name())) {
            return OptionalInt.empty();
        }
        var installed = InstalledEngine.find(engine, device);
        var arguments = command.root().commandLine().getParseResult().originalArgs();
        return OptionalInt.of(EngineProcess.run(installed, arguments));
    }
}
