package io.retcon.deploy.matching;

import io.retcon.schemas.RefusedInput;

import java.io.PrintWriter;
import java.util.function.Consumer;

/** Says on standard error which lines were refused, and at the end that there were some. */
final class Refusals implements Consumer<RefusedInput> {
    private final PrintWriter err;
    private long count;

    Refusals(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void accept(RefusedInput refused) {
        err.println("refused: " + refused.getMessage());
        count++;
    }

    /**
     * @throws RefusedInput if any line was refused
     */
    void end() {
        if (count > 0) {
            throw new RefusedInput(
                    "%d %s refused and left out; the rows above are of all others"
                            .formatted(count, count == 1 ? "line was" : "lines were"));
        }
    }
}
