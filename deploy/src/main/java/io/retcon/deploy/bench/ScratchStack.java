package io.retcon.deploy.bench;

import io.retcon.deploy.cli.CommandLog;
import io.retcon.deploy.cli.ProgressLine;
import io.retcon.deploy.cli.ScratchFolder;
import io.retcon.deploy.component.Stages;
import io.retcon.deploy.stack.DataFolder;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** The whole stack, for benchmarks of whole interventions; its data go when it is closed. */
public final class ScratchStack implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private final ScratchFolder scratch;
    private final DataFolder data;
    private final Stack stack;

    private ScratchStack(ScratchFolder scratch, DataFolder data, Stack stack) {
        this.scratch = scratch;
        this.data = data;
        this.stack = stack;
    }

    /** Starts it; the log lies in the folder too. */
    public static ScratchStack start(ProgressLine line) {
        var scratch = ScratchFolder.create("retcon-bench");
        try {
            var data = DataFolder.claim(scratch.path().resolve("data"));
            CommandLog.writeTo(data.path().resolve("logs"));
            var stack =
                    Stack.embedded(
                            data,
                            0,
                            PARTITIONS,
                            Stages.all(),
                            part -> line.stage("starting " + part));
            return new ScratchStack(scratch, data, stack);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    public Cluster cluster() {
        return stack.cluster();
    }

    /** Where the benchmark may keep files of its own. */
    public Path folder() {
        return data.path();
    }

    /** Does what needs the components, which fails when one of them dies by itself. */
    public <T> T unlessAComponentDies(Callable<T> work) {
        return stack.unlessAComponentDies(work);
    }

    @Override
    public void close() {
        try (scratch;
                data) {
            stack.close();
        }
    }
}
