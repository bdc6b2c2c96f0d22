package io.retcon.deploy.cli;

/** What the command's exit status says. */
final class ExitCodes {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int REFUSED_INPUT = 3;

    private ExitCodes() {}
}
