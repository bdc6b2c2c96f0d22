package io.retcon.streams.rejects;

import static java.util.Objects.requireNonNull;

/**
 * A record that contradicts what is known of its intervention, so that this cannot go on: the
 * record is refused and the intervention fails with the reason. Thrown by processors, answered by
 * {@link RejectRefused}.
 */
public final class FailedIntervention extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String intervention;
    private final String stage;

    /**
     * @param stage in which it fails, as retcon.progress names it
     */
    public FailedIntervention(String intervention, String stage, String reason) {
        super(reason);
        this.intervention = requireNonNull(intervention, "intervention is null");
        this.stage = requireNonNull(stage, "stage is null");
    }

    String intervention() {
        return intervention;
    }

    String stage() {
        return stage;
    }
}
