package io.retcon.deploy.up;

import java.time.Duration;

/**
 * Ends this process five seconds after it was asked to stop, whatever it still waits for: clients
 * of a cluster that is away would wait for minutes. What a process leaves that ends so is what a
 * killed one leaves, and is taken up again in the same way.
 */
public final class StopDeadline {
    private static final Duration LONGEST = Duration.ofMillis(4_500);

    private StopDeadline() {}

    /** The time runs from now on. */
    public static void begin() {
        Thread.ofPlatform().name("stop-deadline").daemon().start(StopDeadline::end);
    }

    private static void end() {
        try {
            Thread.sleep(LONGEST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(0);
    }
}
