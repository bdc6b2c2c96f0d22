package io.retcon.deploy.engine;

import io.retcon.deploy.stack.Component;
import io.retcon.retrainer.engine.Compute;
import io.retcon.schemas.file.AllowedFiles;
import io.retcon.schemas.topic.Cluster;

import java.nio.file.Path;
import java.util.List;

/** Retrainers with engine libtorch, each a component in a process of its own. */
public final class EngineWorkers {
    private static final String ENGINE = "libtorch";

    private EngineWorkers() {}

    /** One on each device. */
    public static List<Component> on(List<String> devices, int threads, AllowedFiles files) {
        return devices.stream().map(device -> on(device, threads, files)).toList();
    }

    /** One on the CPU where engine libtorch is installed, else none. */
    public static List<Component> onCpuIfInstalled(int threads) {
        return Distribution.isHere() && InstalledEngine.isInstalled()
                ? List.of(on(Compute.CPU, threads, AllowedFiles.ALL))
                : List.of();
    }

    /**
     * @throws io.retcon.schemas.RefusedInput if the engine is not installed for the device
     */
    public static Component on(String device, int threads, AllowedFiles files) {
        var engine = InstalledEngine.find(ENGINE, device);
        return new Component(
                "retrainer-%s-%s".formatted(ENGINE, device.replace(":", "")),
                (cluster, folder, died) ->
                        WorkerProcess.start(
                                () -> EngineProcess.builder(engine, EngineWorker.class, List.of()),
                                task(cluster, folder, device, threads, files),
                                died));
    }

    private static EngineWorker.Task task(
            Cluster cluster, Path folder, String device, int threads, AllowedFiles files) {
        return new EngineWorker.Task(
                cluster.bootstrapServers(),
                cluster.properties(),
                folder.toString(),
                device,
                threads,
                files.equals(AllowedFiles.ALL)
                        ? List.of()
                        : files.folders().stream().map(Path::toString).toList());
    }
}
