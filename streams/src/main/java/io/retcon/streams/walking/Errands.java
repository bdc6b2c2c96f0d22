package io.retcon.streams.walking;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Plan;

import java.util.Optional;

/**
 * How a stage takes on work: how plans come to it, which document it walks to, what it does there.
 */
public interface Errands<V> {
    /** The plan, or the closing plan, in a value. */
    Plan plan(V value);

    /**
     * The document of a plan that lies in the walked history; absent in a plan that changes none.
     */
    Optional<DocumentRef> destination(Plan plan);

    /** The stage, as retcon.progress names it. */
    String stage();

    /** The errand of the arm that {@code closing} closes, in {@code partition}. */
    Errand<V> begin(Plan closing, int partition);
}
