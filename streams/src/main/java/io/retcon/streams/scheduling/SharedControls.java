package io.retcon.streams.scheduling;

import io.retcon.schemas.record.RetrainSpec;
import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.topic.Keys;
import io.retcon.streams.state.StoreKey;

import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

import java.util.ArrayList;
import java.util.List;

/**
 * Controls of interventions that would be trained alike: the first is trained, the others wait for
 * it and take its result over. Where it fails, the next one is trained. Not thread-safe.
 */
final class SharedControls {
    private final KeyValueStore<String, Retraining> trained;
    private final KeyValueStore<Bytes, Retraining> waiting;

    /**
     * @param trained what a control is trained on and how, to the one that is trained
     * @param waiting the same and the intervention, to one that waits for it
     */
    SharedControls(
            KeyValueStore<String, Retraining> trained, KeyValueStore<Bytes, Retraining> waiting) {
        this.trained = trained;
        this.waiting = waiting;
    }

    /** What of a new retraining is to be published now: itself, or nothing while it waits. */
    List<Retraining> add(Retraining retraining) {
        if (!retraining.getId().getArm().equals(Arm.CONTROL.label())) {
            return List.of(retraining);
        }
        var alike = alike(retraining);
        var other = trained.get(alike);
        if (other == null || other.getId().equals(retraining.getId())) {
            trained.put(alike, retraining);
            return List.of(retraining);
        }
        if (other.getState() == RetrainingState.DONE) {
            return List.of(takingOver(retraining, other));
        }
        waiting.put(key(alike, retraining), retraining);
        return List.of();
    }

    /** What is to be published now that a retraining is done or failed. */
    List<Retraining> finished(Retraining retraining) {
        var alike = alike(retraining);
        var known = trained.get(alike);
        if (known == null || !known.getId().equals(retraining.getId())) {
            return List.of();
        }
        trained.put(alike, retraining);
        var others = waiting(alike);
        if (retraining.getState() == RetrainingState.DONE) {
            others.forEach(other -> waiting.delete(key(alike, other)));
            return others.stream().map(other -> takingOver(other, retraining)).toList();
        }
        if (others.isEmpty()) {
            trained.delete(alike);
            return List.of();
        }
        waiting.delete(key(alike, others.getFirst()));
        trained.put(alike, others.getFirst());
        return List.of(others.getFirst());
    }

    private List<Retraining> waiting(String alike) {
        var group = StoreKey.group(alike);
        var found = new ArrayList<Retraining>();
        try (var range = waiting.range(group, Bytes.increment(group))) {
            range.forEachRemaining(entry -> found.add(entry.value));
        }
        return found;
    }

    private static Retraining takingOver(Retraining retraining, Retraining done) {
        return Retraining.newBuilder(retraining).setSameAs(done.getId()).build();
    }

    private static Bytes key(String alike, Retraining retraining) {
        return StoreKey.group(alike, Keys.retraining(retraining.getId()));
    }

    /** All that a control's weights and scores depend on. */
    private static String alike(Retraining control) {
        var retrain = control.getRetrain();
        return Keys.join(
                control.getRun(),
                control.getWindow().getFrom(),
                control.getWindow().getTo(),
                retrain.getVary(),
                engine(retrain),
                retrain.getOptimizer(),
                control.getSeed(),
                control.getMetrics().contains("acc_uncond"),
                control.getBenchmarks());
    }

    /** The engine's name where it computes as nd4j does, else all that its bits depend on. */
    private static String engine(RetrainSpec retrain) {
        boolean plain = retrain.getDevice().equals("cpu") && retrain.getPrecision().equals("fp32");
        return plain
                ? retrain.getEngine()
                : String.join(
                        " ", retrain.getEngine(), retrain.getDevice(), retrain.getPrecision());
    }
}
