package io.retcon.deploy.bench.crash;

/**
 * One kill.
 *
 * @param ready seconds until the process said that it works again
 * @param recovery seconds until its stage moved again, which other brokers may bring about; until
 *     it was ready where it had nothing to do
 */
record Kill(String process, double ready, double recovery) {
    /** Brokers are one kind, whatever their number. */
    String kind() {
        return process.startsWith(CrashCluster.BROKER) ? CrashCluster.BROKER : process;
    }
}
