package io.retcon.deploy.bench.soak;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a quantity stays what it is while time passes. The slope is the median of those between
 * all pairs of points (Theil and Sen), so that single spikes say nothing; the first quarter of the
 * points, in which a process warms up, is left out.
 *
 * @param points that are judged
 * @param median of the points
 * @param growth what the slope adds from the first of them to the last
 */
record Trend(int points, double median, double growth) {
    /** Points from which on a slope says anything. */
    static final int FEWEST = 8;

    /** One measurement at a time, in any unit. */
    record Point(double time, double value) {}

    static Trend of(List<Point> all) {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("there is no point");
        }
        var points = all.subList(all.size() / 4, all.size());
        double span = points.getLast().time() - points.getFirst().time();
        return new Trend(
                points.size(),
                median(points.stream().mapToDouble(Point::value).sorted().toArray()),
                points.size() < 2 ? 0 : slope(points) * span);
    }

    /** The growth as a share of the median: what a bound is put on. */
    double share() {
        return median == 0 ? growth : growth / median;
    }

    /** Whether it grows by more than this share of its median; never so while that is unknown. */
    boolean exceeds(double bound) {
        return isKnown() && share() > bound;
    }

    boolean isKnown() {
        return points >= FEWEST;
    }

    private static double slope(List<Point> points) {
        return median(
                IntStream.range(0, points.size())
                        .boxed()
                        .flatMapToDouble(
                                i ->
                                        IntStream.range(i + 1, points.size())
                                                .mapToDouble(
                                                        j -> slope(points.get(i), points.get(j))))
                        .sorted()
                        .toArray());
    }

    private static double slope(Point one, Point later) {
        return (later.value() - one.value()) / (later.time() - one.time());
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
