package io.retcon.schemas.spec;

import static java.util.Objects.requireNonNull;

/** The benchmarks that a spec's select speaks of: one, or all below a prefix that ends in '/'. */
public record Benchmarks(String selector) {
    public Benchmarks {
        requireNonNull(selector, "selector is null");
    }

    public boolean include(String benchmark) {
        return selector.endsWith("/") ? benchmark.startsWith(selector) : benchmark.equals(selector);
    }
}
