package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;

import org.apache.kafka.raft.FileQuorumStateStore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The small file in which a controller notes whom it elected. It ends where the file is damaged,
 * without a word on it; one that stands alone can do without.
 *
 * @param nodes the whole cluster
 */
record ElectionNote(Path file, List<BrokerNode> nodes) {
    ElectionNote {
        requireNonNull(file, "file is null");
        nodes = List.copyOf(nodes);
    }

    /**
     * @param metadata the folder of the cluster's metadata
     */
    static ElectionNote in(Path metadata, List<BrokerNode> nodes) {
        return new ElectionNote(metadata.resolve(FileQuorumStateStore.DEFAULT_FILE_NAME), nodes);
    }

    /**
     * Deletes a damaged one of a controller that stands alone.
     *
     * @throws RefusedInput if one of several is damaged: without it, it might vote twice
     */
    void mend() {
        if (!isDamaged()) {
            return;
        }
        if (nodes.size() > 1) {
            throw new RefusedInput(
                    "%s is damaged: restore it from a copy, or name an empty folder with --data"
                            .formatted(file));
        }
        try {
            SegmentCheck.forget(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isDamaged() {
        try {
            return new FileQuorumStateStore(file.toFile())
                    .readElectionState()
                    .filter(
                            state ->
                                    isStranger(
                                                    state.optionalLeaderId()
                                                            .orElse(nodes.getFirst().id()))
                                            || state.optionalVotedKey()
                                                    .filter(voted -> isStranger(voted.id()))
                                                    .isPresent())
                    .isPresent();
        } catch (RuntimeException unreadable) {
            return true;
        }
    }

    private boolean isStranger(int id) {
        return nodes.stream().noneMatch(node -> node.id() == id);
    }
}
