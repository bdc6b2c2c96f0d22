package io.retcon.schemas.serde;

import org.apache.avro.Schema;

/** Schema ids as a Confluent-compatible registry gives them out. Thread-safe. */
public interface Schemas {
    /** The id of {@code schema} under {@code subject}, registered if it is new. */
    int idOf(String subject, Schema schema);

    /** The schema that a writer registered under {@code id}. */
    Schema byId(int id);
}
