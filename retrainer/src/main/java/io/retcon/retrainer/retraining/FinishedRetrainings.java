package io.retcon.retrainer.retraining;

import io.retcon.schemas.record.Retraining;
import io.retcon.schemas.record.RetrainingState;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.HashSet;
import java.util.Set;

/** Which retrainings came to an end, so that a record read again starts nothing again. */
final class FinishedRetrainings {
    private final Cluster cluster;
    private final Set<String> finished = new HashSet<>();

    FinishedRetrainings(Cluster cluster) {
        this.cluster = cluster;
    }

    boolean contains(String key) {
        if (!finished.contains(key)) {
            TopicTable.read(cluster, TopicCatalogue.RETRAININGS).forEach(this::add);
        }
        return finished.contains(key);
    }

    private void add(String key, Retraining retraining) {
        var state = retraining.getState();
        if (state == RetrainingState.DONE || state == RetrainingState.FAILED) {
            finished.add(key);
        }
    }
}
