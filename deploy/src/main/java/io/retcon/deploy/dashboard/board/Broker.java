package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/** Whether the cluster answers. */
public sealed interface Broker {
    /** Nobody has asked it yet. */
    record Unasked() implements Broker {}

    /**
     * It answers.
     *
     * @param nodes {@code id host:port} of each broker
     */
    record Answers(List<String> nodes) implements Broker {
        public Answers {
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
