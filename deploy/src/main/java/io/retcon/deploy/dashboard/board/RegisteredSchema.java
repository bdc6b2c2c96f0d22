package io.retcon.deploy.dashboard.board;

import static java.util.Objects.requireNonNull;

/** A schema as its writer registered it. */
public record RegisteredSchema(String subject, int id, String schema) {
    public RegisteredSchema {
        requireNonNull(subject, "subject is null");
        requireNonNull(schema, "schema is null");
    }
}
