package io.retcon.deploy.bench.retrainings;

import java.util.List;
import java.util.function.ToDoubleBiFunction;

/** A metric by which a bank's retrainings were scored. */
enum Outcome {
    /** The share of items that are right. */
    SHARE("acc_raw", Replicate::right),
    /** The mean log-likelihood margin of the right choice. */
    MARGIN("margin", (replicate, item) -> replicate.margin().get(item));

    private final String metric;
    private final ToDoubleBiFunction<Replicate, Integer> value;

    Outcome(String metric, ToDoubleBiFunction<Replicate, Integer> value) {
        this.metric = metric;
        this.value = value;
    }

    /** As specs call it. */
    @Override
    public String toString() {
        return metric;
    }

    double mean(Replicate replicate, List<Integer> items) {
        return items.stream()
                .mapToDouble(item -> value.applyAsDouble(replicate, item))
                .average()
                .orElseThrow();
    }
}
