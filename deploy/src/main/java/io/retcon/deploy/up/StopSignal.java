package io.retcon.deploy.up;

import sun.misc.Signal;
import sun.misc.SignalHandler;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Catches the first signal that asks this process to stop, so that it ends in order and with the
 * status of a job done, within {@link StopDeadline}; the second one ends it at once.
 */
public final class StopSignal {
    /** A terminal that is closed asks, too. */
    private static final List<String> ASKING = List.of("INT", "TERM", "HUP");

    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    private StopSignal() {}

    /** From now on; what is ignored, as in a shell's background job, stays so. */
    public static StopSignal listen() {
        var stop = new StopSignal();
        for (String name : ASKING) {
            var signal = new Signal(name);
            SignalHandler before = Signal.handle(signal, received -> stop.asked.complete(null));
            if (before == SignalHandler.SIG_IGN) {
                Signal.handle(signal, before);
            }
        }
        stop.asked.thenRun(StopDeadline::begin);
        stop.asked.thenRun(
                () ->
                        ASKING.forEach(
                                name -> Signal.handle(new Signal(name), SignalHandler.SIG_DFL)));
        return stop;
    }

    /**
     * Blocks until a signal comes, or until {@code ended} completes.
     *
     * @throws ExecutionException if {@code ended} completes exceptionally
     */
    public void await(CompletableFuture<Void> ended)
            throws ExecutionException, InterruptedException {
        CompletableFuture.anyOf(asked, ended).get();
    }
}
