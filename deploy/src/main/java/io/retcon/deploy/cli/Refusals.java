package io.retcon.deploy.cli;

import io.retcon.schemas.RefusedInput;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Says each refused line as it comes, and at the end that some were; strict ones end at the first.
 */
public final class Refusals implements Consumer<RefusedInput> {
    /** What follows a refused line. */
    public enum Policy {
        GO_ON,
        STOP
    }

    private static final int SAID = 20;

    private final PrintWriter err;
    private final Policy policy;
    private long count;

    public Refusals(PrintWriter err, Policy policy) {
        this.err = err;
        this.policy = policy;
    }

    @Override
    public void accept(RefusedInput refused) {
        if (policy == Policy.STOP) {
            throw refused;
        }
        count++;
        if (count <= SAID) {
            err.println("refused: " + refused.getMessage());
        } else if (count == SAID + 1) {
            err.println("refused: … and more lines, which are counted but no longer shown");
        }
        err.flush();
    }

    /** Says what is odd about input that was taken. */
    public void caveat(String sentence) {
        err.println("caveat: " + sentence);
        err.flush();
    }

    public long count() {
        return count;
    }

    /**
     * @throws RefusedInput if a line was refused, though the others were taken
     */
    public void settle() {
        if (count > 0) {
            throw new RefusedInput(
                    "%d %s refused and left out; everything else was taken: mend what was said"
                            .formatted(count, count == 1 ? "line was" : "lines were"));
        }
    }
}
