package io.retcon.deploy.bench.retrainings;

import io.retcon.deploy.demo.World;

import java.util.List;
import java.util.Locale;

/** Which items an effect is about. */
enum Items {
    /** Those that the intervention selected. */
    SELECTED(World.BENCHMARK),
    /** The benchmark's other ones. */
    UNSELECTED("unselected:" + World.BENCHMARK);

    private final String benchmark;

    Items(String benchmark) {
        this.benchmark = benchmark;
    }

    /** As effects name them. */
    String benchmark() {
        return benchmark;
    }

    /** Whether an item is one of them. */
    boolean has(String item, List<String> selected) {
        return selected.contains(item) == (this == SELECTED);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
