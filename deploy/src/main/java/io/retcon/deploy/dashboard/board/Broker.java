package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the cluster answers. */
public sealed interface Broker {
    /** Nobody has asked it yet. */
    record Unasked() implements Broker {}

    /**
     * It answers.
     *
     * @param nodes {@code id host:port} of each broker
     * @param state where its topics end and how far components are behind, where somebody looks
     */
    record Answers(List<String> nodes, Optional<ClusterState> state) implements Broker {
        public Answers {
            requireNonNull(state, "state is null");
            nodes = List.copyOf(nodes);
        }
    }

    /** It does not answer. */
    record Away(Instant since, String reason) implements Broker {
        public Away {
            requireNonNull(since, "since is null");
            requireNonNull(reason, "reason is null");
        }
    }
}
