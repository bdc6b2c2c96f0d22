package io.retcon.retrainer.retraining;

import io.retcon.retrainer.engine.Compute;
import io.retcon.retrainer.engine.Engine;
import io.retcon.schemas.record.RetrainSpec;

/**
 * Workers that can do each other's retrainings, and so share them as a consumer group. Which of a
 * machine's GPUs a retraining names does not matter: workers on all of them share the work.
 *
 * @param name of the group
 */
record WorkerGroup(String name, String engine, String kind) {
    static final String EXTERNAL = "external";

    private static final String FIRST = "nd4j";

    /**
     * Of workers that begin programs of the operator's, or of this process's engine on a device.
     */
    static WorkerGroup of(WorkerSettings settings) {
        return settings.trainers().isPresent()
                ? new WorkerGroup(RetrainingWorker.GROUP + "-" + EXTERNAL, EXTERNAL, Compute.CPU)
                : of(settings.device());
    }

    /** Of this process's engine on a device. */
    private static WorkerGroup of(String device) {
        var engine = Engine.here().name();
        var kind = kind(device);
        var name =
                engine.equals(FIRST)
                        ? RetrainingWorker.GROUP
                        : String.join("-", RetrainingWorker.GROUP, engine, kind);
        return new WorkerGroup(name, engine, kind);
    }

    private static String kind(String device) {
        return device.equals(Compute.CPU) ? Compute.CPU : "cuda";
    }

    boolean does(RetrainSpec retrain) {
        return retrain.getEngine().equals(engine) && kind(retrain.getDevice()).equals(kind);
    }
}
