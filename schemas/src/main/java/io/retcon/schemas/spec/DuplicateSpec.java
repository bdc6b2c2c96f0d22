package io.retcon.schemas.spec;

/**
 * Each matched document is put more than once.
 *
 * @param times how many copies are added
 * @param at random places, or beside the document
 */
public record DuplicateSpec(Integer times, String at) implements OperationSpec {
    private static final String BESIDE = "beside";

    public DuplicateSpec {
        times = times == null ? 1 : times;
        at = at == null ? "random" : at;
    }

    /** Whether copies stand before their document. */
    public boolean besideIt() {
        return at.equals(BESIDE);
    }
}
