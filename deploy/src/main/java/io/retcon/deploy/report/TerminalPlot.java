package io.retcon.deploy.report;

import io.retcon.schemas.record.Effect;
import io.retcon.schemas.record.Effects;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Effects as a forest plot in text: for every contrast its estimate and interval around zero.
 *
 * @param width columns that a line may take, at least {@value #NARROWEST}
 * @param glyphs the characters it draws with
 */
public record TerminalPlot(int width, Glyphs glyphs) {
    /** The narrowest plot that still shows something. */
    public static final int NARROWEST = 60;

    /** Characters to draw with. */
    public enum Glyphs {
        /** Box-drawing characters. */
        UNICODE('├', '─', '┤', '●', '┊', '┴'),
        /** Characters that every terminal has. */
        ASCII('[', '-', ']', 'o', ':', '+');

        private final char low;
        private final char line;
        private final char high;
        private final char estimate;
        private final char zero;
        private final char tick;

        Glyphs(char low, char line, char high, char estimate, char zero, char tick) {
            this.low = low;
            this.line = line;
            this.high = high;
            this.estimate = estimate;
            this.zero = zero;
            this.tick = tick;
        }

        private String adapt(String text) {
            return this == ASCII ? text.replace('−', '-') : text;
        }
    }

    private static final int NUMBERS = 22;
    private static final int LABEL = 19;

    public TerminalPlot {
        if (width < NARROWEST) {
            throw new IllegalArgumentException(
                    "a plot needs %d columns, not %d".formatted(NARROWEST, width));
        }
    }

    /** The plot: lines of at most {@code width} columns, each ended by a line feed. */
    public String of(Effects effects) {
        return Panel.of(effects).stream().map(this::panel).collect(Collectors.joining("\n"));
    }

    private String panel(Panel panel) {
        var scale = panel.scale();
        var lines = new ArrayList<String>();
        lines.add(heading(panel));
        for (var effect : panel.effects()) {
            lines.add(
                    "%s %s %s"
                            .formatted(
                                    pad("  " + Panel.label(effect)),
                                    marks(effect, scale),
                                    Figures.withInterval(effect)));
        }
        lines.add(" ".repeat(LABEL + 1) + axis(scale));
        lines.add(" ".repeat(LABEL + 1) + numbers(scale));
        return lines.stream()
                .map(line -> glyphs.adapt(line).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private String heading(Panel panel) {
        var first = panel.effects().getFirst();
        var sample =
                "(%s, %s, %s intervals)"
                        .formatted(
                                Figures.count(first.getItems(), "item"),
                                Figures.count(first.getReplicates(), "replicate"),
                                Figures.percent(first.getLevel()));
        var heading = panel.title() + " " + sample;
        return heading.length() <= width ? heading : cut(panel.title()) + "\n" + sample;
    }

    private String cut(String text) {
        return text.length() <= width ? text : text.substring(0, width);
    }

    private static String pad(String label) {
        return label.length() > LABEL
                ? label.substring(0, LABEL)
                : label + " ".repeat(LABEL - label.length());
    }

    private int plotWidth() {
        return width - LABEL - NUMBERS - 2;
    }

    private String marks(Effect effect, Scale scale) {
        var row = blank();
        row[column(scale, 0)] = glyphs.zero;
        int low = column(scale, effect.getLow());
        int high = column(scale, effect.getHigh());
        for (int c = low; c <= high; c++) {
            row[c] = glyphs.line;
        }
        row[low] = glyphs.low;
        row[high] = glyphs.high;
        row[column(scale, effect.getEstimate())] = glyphs.estimate;
        return new String(row);
    }

    private String axis(Scale scale) {
        var row = blank();
        Arrays.fill(row, glyphs.line);
        scale.ticks().forEach(tick -> row[column(scale, tick)] = glyphs.tick);
        return new String(row);
    }

    /** The numbers below their ticks, as many as have room. */
    private String numbers(Scale scale) {
        var row = blank();
        int free = 0;
        for (double tick : scale.ticks()) {
            var text = Figures.plain(tick);
            int at = Math.clamp(column(scale, tick) - text.length() / 2, 0, row.length);
            if (at >= free && at + text.length() <= row.length) {
                text.getChars(0, text.length(), row, at);
                free = at + text.length() + 1;
            }
        }
        return new String(row);
    }

    private int column(Scale scale, double value) {
        double place = Math.clamp(scale.place(value), 0.0, 1.0);
        return (int) Math.round(place * (plotWidth() - 1));
    }

    private char[] blank() {
        return " ".repeat(plotWidth()).toCharArray();
    }
}
