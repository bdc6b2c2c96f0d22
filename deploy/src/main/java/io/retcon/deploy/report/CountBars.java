package io.retcon.deploy.report;

import java.util.SortedMap;
import java.util.stream.Collectors;

/** A histogram: a bar a step, as high as its count. */
public final class CountBars {
    private static final int TOP = 20;
    private static final int HEIGHT = 120;
    private static final double LEFT = 0.04;
    private static final double RIGHT = 0.96;

    private CountBars() {}

    /**
     * @param counts step to count
     * @param marked the step whose bar stands out
     */
    public static Element of(
            SortedMap<Long, Integer> counts, long marked, String id, String title) {
        int most =
                Math.max(1, counts.values().stream().mapToInt(Integer::intValue).max().orElse(1));
        var description =
                counts.entrySet().stream()
                        .map(e -> "step %d: %d".formatted(e.getKey(), e.getValue()))
                        .collect(Collectors.joining("; "));
        var drawing = new Drawing(id, title, description, TOP + HEIGHT + 40);
        double wide = (RIGHT - LEFT) / Math.max(1, counts.size());
        int every = Math.max(1, (counts.size() + 7) / 8);
        int place = 0;
        for (var entry : counts.entrySet()) {
            double x = LEFT + place * wide;
            double height = HEIGHT * (double) entry.getValue() / most;
            var style = entry.getKey() == marked ? "count marked" : "count";
            drawing.bar(style, x + wide * 0.1, TOP + HEIGHT - height, wide * 0.8, height);
            drawing.text(
                    "tick", x + wide / 2, TOP + HEIGHT - height - 5, entry.getValue().toString());
            if (place % every == 0 || entry.getKey() == marked) {
                drawing.text("tick", x + wide / 2, TOP + HEIGHT + 18, entry.getKey().toString());
            }
            place++;
        }
        drawing.line("grid", LEFT, TOP + HEIGHT, RIGHT, TOP + HEIGHT);
        drawing.text("tick", (LEFT + RIGHT) / 2, TOP + HEIGHT + 36, "checkpoints");
        return drawing.element();
    }
}
