package io.retcon.schemas.spec;

/** Each matched document stays where it is, and the loss ignores it. */
public record MaskSpec() implements OperationSpec {}
