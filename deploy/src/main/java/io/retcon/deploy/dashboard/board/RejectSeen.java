package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.record.Reject;

import java.time.Instant;

/** A refused record, and when it was refused; its bytes are left out. */
public record RejectSeen(Reject reject, Instant at) {
    public RejectSeen {
        requireNonNull(reject, "reject is null");
        requireNonNull(at, "at is null");
    }
}
