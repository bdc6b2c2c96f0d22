package io.retcon.schemas.spec;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.retcon.schemas.record.StepRange;

/**
 * Where donors come from, and which documents of it are none.
 *
 * @param from the window's first step; null, as {@code to} then is, for the window that follows the
 *     one that is rewritten
 * @param exclude benchmark (donors match no item of it) or selected (no selected one)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DonorsSpec(Long from, Long to, String exclude) {
    static final DonorsSpec NEXT = new DonorsSpec(null, null, null);

    private static final String BENCHMARK = "benchmark";

    public DonorsSpec {
        if (from == null != (to == null)) {
            throw new FieldFault(
                    "",
                    "the donors' window lacks '%s': add it, or leave both out for the next window"
                            .formatted(from == null ? "from" : "to"));
        }
        exclude = exclude == null ? BENCHMARK : exclude;
    }

    /** Of a window, where nothing else is said. */
    public static DonorsSpec of(long from, long to) {
        return new DonorsSpec(from, to, null);
    }

    /** The window of the same length that follows, where no other is said. */
    DonorsSpec after(StepRange window) {
        return from == null
                ? new DonorsSpec(window.getTo(), 2 * window.getTo() - window.getFrom(), exclude)
                : this;
    }

    /** The window, once a spec is read. */
    public StepRange range() {
        return new StepRange(from, to);
    }

    /** Whether documents that match any item of the benchmark are none. */
    public boolean ofBenchmark() {
        return exclude.equals(BENCHMARK);
    }
}
