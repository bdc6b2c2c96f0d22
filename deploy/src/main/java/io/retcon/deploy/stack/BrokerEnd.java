package io.retcon.deploy.stack;

import org.apache.kafka.common.utils.Exit;

import java.nio.file.Path;

/**
 * The sentence with which a process ends whose broker gives up: Kafka ends the process without a
 * word where, say, its log folder can't be written any more.
 */
final class BrokerEnd {
    private static final int FAILED = 1;

    private BrokerEnd() {}

    /** For the brokers of this process from now on, whose records lie in {@code logs}. */
    static void saysWhy(Path logs) {
        Exit.setHaltProcedure((status, message) -> end(logs, message));
        Exit.setExitProcedure((status, message) -> end(logs, message));
    }

    private static void end(Path logs, String message) {
        System.err.printf(
                "retcon: the broker can't go on with %s%s, which has %d MB left: make room or mend the disk, and start again (retcon.log says more)%n",
                logs,
                message == null ? "" : " (" + message + ")",
                logs.toFile().getUsableSpace() >> 20);
        System.err.flush();
        Runtime.getRuntime().halt(FAILED);
    }
}
