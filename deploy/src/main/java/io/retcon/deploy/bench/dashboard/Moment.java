package io.retcon.deploy.bench.dashboard;

/**
 * A point in time by both clocks: the one that only goes forward, and the one that a browser has
 * too.
 *
 * @param nanos by {@link System#nanoTime}
 * @param epochMillis since 1970
 */
record Moment(long nanos, long epochMillis) {
    static Moment now() {
        return new Moment(System.nanoTime(), System.currentTimeMillis());
    }
}
