package io.retcon.deploy.answering;

/** A user's program ended badly. */
final class ProgramFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProgramFailed(int status, int open) {
        super(
                "the program ended with status %d, %d requests are open: see what it said and start it again"
                        .formatted(status, open));
    }
}
