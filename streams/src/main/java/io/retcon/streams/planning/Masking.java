package io.retcon.streams.planning;

/** Every document stays where it is, and the loss ignores it. */
record Masking() implements Operating {
    @Override
    public void apply(Draft draft, Materials materials) {
        draft.updateAll(Change::asMasked);
    }
}
