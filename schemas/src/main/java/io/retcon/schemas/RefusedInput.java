package io.retcon.schemas;

/**
 * Bad input from outside: one sentence that names the place and the mend. Commands exit with code
 * 3.
 */
public final class RefusedInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedInput(String sentence) {
        super(sentence);
    }

    public RefusedInput(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
