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
        int columns = width - LABEL - 2 - numbersOf(panel);
        var lines = new ArrayList<String>();
        lines.add(heading(panel));
        for (var effect : panel.effects()) {
            lines.add(
                    "%s %s %s"
                            .formatted(
                                    pad("  " + Panel.label(effect)),
                                    marks(effect, scale, columns),
                                    Figures.withInterval(effect)));
        }
        lines.add(" ".repeat(LABEL + 1) + axis(scale, columns));
        lines.add(" ".repeat(LABEL + 1) + numbers(scale, columns));
        return lines.stream()
                .map(line -> glyphs.adapt(line).stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    /** Columns that the longest estimate and interval take. */
    private static int numbersOf(Panel panel) {
        return panel.effects().stream()
                .mapToInt(effect -> Figures.withInterval(effect).length())
                .max()
                .orElse(0);
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

    private String marks(Effect effect, Scale scale, int columns) {
        var row = blank(columns);
        row[column(scale, 0, columns)] = glyphs.zero;
        if (!Panel.isEstimated(effect)) {
            return new String(row);
        }
        if (Panel.hasInterval(effect)) {
            int low = column(scale, effect.getLow(), columns);
            int high = column(scale, effect.getHigh(), columns);
            Arrays.fill(row, low, high + 1, glyphs.line);
            row[low] = glyphs.low;
            row[high] = glyphs.high;
        }
        row[column(scale, effect.getEstimate(), columns)] = glyphs.estimate;
        return new String(row);
    }

    private String axis(Scale scale, int columns) {
        var row = blank(columns);
        Arrays.fill(row, glyphs.line);
        scale.ticks().forEach(tick -> row[column(scale, tick, columns)] = glyphs.tick);
        return new String(row);
    }

    /** The numbers below their ticks, as many as have room. */
    private static String numbers(Scale scale, int columns) {
        var row = blank(columns);
        int free = 0;
        for (double tick : scale.ticks()) {
            var text = Figures.plain(tick);
            int at = Math.clamp(column(scale, tick, columns) - text.length() / 2, 0, row.length);
            if (at >= free && at + text.length() <= row.length) {
                text.getChars(0, text.length(), row, at);
                free = at + text.length() + 1;
            }
        }
        return new String(row);
    }

    private static int column(Scale scale, double value, int columns) {
        double place = Math.clamp(scale.place(value), 0.0, 1.0);
        return (int) Math.round(place * (columns - 1));
    }

    private static char[] blank(int columns) {
        return " ".repeat(columns).toCharArray();
    }
}
