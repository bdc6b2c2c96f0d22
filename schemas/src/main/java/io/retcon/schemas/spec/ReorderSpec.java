package io.retcon.schemas.spec;

/** Matched documents of equal lengths change places, by a permutation drawn by the seed. */
public record ReorderSpec() implements OperationSpec {}
