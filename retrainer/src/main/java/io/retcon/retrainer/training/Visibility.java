package io.retcon.retrainer.training;

/** What a token sees of the tokens before it in its sequence. */
public enum Visibility {
    /** All of them, across documents. */
    SEQUENCE,
    /** Those of its own document: intra-document masking. */
    DOCUMENT
}
