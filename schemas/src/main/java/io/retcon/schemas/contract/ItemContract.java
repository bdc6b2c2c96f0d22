package io.retcon.schemas.contract;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.Checkpoint;
import io.retcon.schemas.record.Item;
import io.retcon.schemas.record.Score;

/** The bounds of items, and of the checkpoints that they are scored at. */
final class ItemContract {
    private ItemContract() {}

    static void check(Item item) {
        Bounds.name("benchmark", item.getBenchmark());
        Bounds.name("id", item.getId());
        if (item.getGold() < 0 || item.getGold() >= item.getChoices().size()) {
            throw new RefusedInput(
                    "item '%s' has %d choices and none of them is 'gold' %d"
                            .formatted(item.getId(), item.getChoices().size(), item.getGold()));
        }
    }

    static void check(Checkpoint checkpoint) {
        Bounds.name("run", checkpoint.getRun());
        Bounds.atLeast(0, "step", checkpoint.getStep());
        checkpoint.getRetraining().ifPresent(Bounds::retraining);
        for (var evaluation : checkpoint.getEvaluations()) {
            Bounds.name("benchmark", evaluation.getBenchmark());
            Bounds.atLeast(0, "items", evaluation.getItems());
        }
    }

    static void check(Score score) {
        Bounds.name("run", score.getRun());
        Bounds.atLeast(0, "step", score.getStep());
        score.getRetraining().ifPresent(Bounds::retraining);
        Bounds.name("benchmark", score.getBenchmark());
        Bounds.name("item", score.getItem());
        score.getCorrect().keySet().forEach(ItemContract::metric);
    }

    /** Stores write a score's metrics as one line. */
    private static void metric(String metric) {
        Bounds.name("metric", metric);
        if (metric.indexOf('|') >= 0 || metric.indexOf(' ') >= 0) {
            throw new RefusedInput("'%s' is no metric's name".formatted(metric));
        }
    }
}
