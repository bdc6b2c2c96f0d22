package io.retcon.deploy.ingest;

import io.retcon.schemas.RefusedInput;

import java.io.PrintWriter;
import java.util.function.Consumer;

/**
 * Says each refused line as it comes, and at the end that some were; strict ones end at the first.
 */
final class Refusals implements Consumer<RefusedInput> {
    /** What follows a refused line. */
    enum Policy {
        GO_ON,
        STOP
    }

    private static final int SAID = 20;

    private final PrintWriter err;
    private final Policy policy;
    private long count;

    Refusals(PrintWriter err, Policy policy) {
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

    long count() {
        return count;
    }

    /**
     * @throws RefusedInput if a line was refused, though the others were imported
     */
    void settle() {
        if (count > 0) {
            throw new RefusedInput(
                    "%d lines were refused and left out; everything else was imported: mend them, or check first with --strict"
                            .formatted(count));
        }
    }
}
