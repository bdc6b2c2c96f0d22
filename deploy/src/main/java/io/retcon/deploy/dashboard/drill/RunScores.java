package io.retcon.deploy.dashboard.drill;

import io.retcon.schemas.record.Score;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;
import io.retcon.schemas.topic.TopicTable;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How right a run is at each of its checkpoints. */
public final class RunScores {
    /**
     * One benchmark at one checkpoint.
     *
     * @param items that were scored by acc_raw
     * @param share of these that are right
     * @param margin their mean margin
     */
    public record Point(String benchmark, long step, int items, double share, double margin) {}

    private static final String METRIC = "acc_raw";

    private static final class Draft {
        private int items;
        private int right;
        private double margin;
    }

    private RunScores() {}

    /** By benchmark, then step. */
    static List<Point> read(Cluster cluster, String run) {
        SortedMap<String, SortedMap<Long, Draft>> drafts = new TreeMap<>();
        TopicTable.scan(
                cluster,
                TopicCatalogue.SCORES,
                (key, score) -> {
                    if (score != null
                            && score.getRun().equals(run)
                            && score.getRetraining().isEmpty()
                            && score.getCorrect().containsKey(METRIC)) {
                        add(drafts, score);
                    }
                });
        var points = new ArrayList<Point>();
        drafts.forEach(
                (benchmark, steps) ->
                        steps.forEach(
                                (step, d) ->
                                        points.add(
                                                new Point(
                                                        benchmark,
                                                        step,
                                                        d.items,
                                                        d.right / (double) d.items,
                                                        d.margin / d.items))));
        return points;
    }

    private static void add(SortedMap<String, SortedMap<Long, Draft>> drafts, Score score) {
        var draft =
                drafts.computeIfAbsent(score.getBenchmark(), fresh -> new TreeMap<>())
                        .computeIfAbsent(score.getStep(), fresh -> new Draft());
        draft.items++;
        draft.right += score.getCorrect().get(METRIC) ? 1 : 0;
        draft.margin += score.getMargin();
    }
}
