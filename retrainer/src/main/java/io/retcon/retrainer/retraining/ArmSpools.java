package io.retcon.retrainer.retraining;

import io.retcon.retrainer.history.SpooledWindow;
import io.retcon.retrainer.history.StepReader;
import io.retcon.retrainer.history.WindowSpool;
import io.retcon.schemas.history.RunManifests;
import io.retcon.schemas.history.Window;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.topic.Cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The windows of one intervention's arms, each copied from the topics once for all of its
 * replicates. What an earlier process left is thrown away. Not thread-safe.
 */
final class ArmSpools {
    private final Cluster cluster;
    private final Path folder;
    private final Map<String, SpooledWindow> arms = new ConcurrentHashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private String intervention = "";

    ArmSpools(Cluster cluster, Path folder) {
        this.cluster = cluster;
        this.folder = folder;
        clear();
    }

    WindowSpool of(Retraining retraining, RunManifests manifests) {
        var id = retraining.getId();
        var run = retraining.getRun();
        var window = Window.of(retraining.getWindow());
        if (!id.getIntervention().equals(intervention)) {
            clear();
            intervention = id.getIntervention();
        }
        var file = folder.resolve("arm-%d.tokens".formatted(place(id.getArm())));
        Supplier<SpooledWindow> copy =
                () -> {
                    try (var steps =
                            StepReader.ofArm(
                                    cluster, run, manifests, window, intervention, id.getArm())) {
                        return SpooledWindow.write(file, steps, window, manifests.of(run));
                    }
                };
        return new WindowSpool(
                arms.computeIfAbsent(id.getArm(), arm -> copy.get()),
                () -> {
                    var again = copy.get();
                    arms.put(id.getArm(), again);
                    return again;
                });
    }

    /** Of an arm among those that were asked for. */
    private int place(String arm) {
        return places.computeIfAbsent(arm, name -> places.size());
    }

    private void clear() {
        arms.clear();
        places.clear();
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var old = Files.list(folder)) {
            for (var file : old.toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
