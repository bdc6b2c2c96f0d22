package io.retcon.schemas.spec;

/** What a part of a spec must not say, and the field of the part that says it. */
final class FieldFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    /**
     * @param field by its name, empty for the part itself
     */
    FieldFault(String field, String sentence) {
        this(field, sentence, null);
    }

    FieldFault(String field, String sentence, Throwable cause) {
        super(sentence, cause);
        this.field = field;
    }

    String field() {
        return field;
    }
}
