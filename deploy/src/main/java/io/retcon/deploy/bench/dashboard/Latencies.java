package io.retcon.deploy.bench.dashboard;

import java.util.List;

/**
 * How long updates took to be seen.
 *
 * @param milliseconds in order of size
 */
record Latencies(List<Double> milliseconds) {
    Latencies {
        milliseconds = milliseconds.stream().sorted().toList();
        if (milliseconds.isEmpty()) {
            throw new IllegalArgumentException("nothing was seen");
        }
    }

    double median() {
        return milliseconds.get(milliseconds.size() / 2);
    }

    double worst() {
        return milliseconds.getLast();
    }
}
