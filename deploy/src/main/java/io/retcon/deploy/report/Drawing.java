package io.retcon.deploy.report;

import java.util.Locale;

/**
 * An SVG drawing that is as wide as its place: x in percent of the width, y in pixels, so that text
 * keeps its size on a phone.
 */
final class Drawing {
    private final Element svg;

    /**
     * @param id unique in the page
     * @param title what it is, for those who cannot see it
     * @param description what it shows, likewise
     * @param height in pixels
     */
    Drawing(String id, String title, String description, int height) {
        svg =
                Element.tag("svg")
                        .with("role", "img")
                        .with("aria-labelledby", id + "-title " + id + "-desc")
                        .with("width", "100%")
                        .with("height", height)
                        .add(Element.tag("title", title).with("id", id + "-title"))
                        .add(Element.tag("desc", description).with("id", id + "-desc"));
    }

    Drawing line(String style, double x1, double y1, double x2, double y2) {
        svg.add(
                Element.tag("line")
                        .with("class", style)
                        .with("x1", percent(x1))
                        .with("y1", pixels(y1))
                        .with("x2", percent(x2))
                        .with("y2", pixels(y2)));
        return this;
    }

    Drawing dot(String style, double x, double y, double radius) {
        svg.add(
                Element.tag("circle")
                        .with("class", style)
                        .with("cx", percent(x))
                        .with("cy", pixels(y))
                        .with("r", pixels(radius)));
        return this;
    }

    Drawing bar(String style, double x, double y, double width, double height) {
        svg.add(
                Element.tag("rect")
                        .with("class", style)
                        .with("x", percent(x))
                        .with("y", pixels(y))
                        .with("width", percent(width))
                        .with("height", pixels(height)));
        return this;
    }

    /**
     * A line through many points, in an area of its own.
     *
     * @param points pairs x,y in thousandths of the area, from its upper left corner
     */
    Drawing path(String style, double x, double y, double width, double height, String points) {
        svg.add(
                Element.tag("svg")
                        .with("x", percent(x))
                        .with("y", pixels(y))
                        .with("width", percent(width))
                        .with("height", pixels(height))
                        .with("viewBox", "0 0 1000 1000")
                        .with("preserveAspectRatio", "none")
                        .add(Element.tag("polyline").with("class", style).with("points", points)));
        return this;
    }

    Drawing text(String style, double x, double y, String text) {
        svg.add(
                Element.tag("text", text)
                        .with("class", style)
                        .with("x", percent(x))
                        .with("y", pixels(y)));
        return this;
    }

    Element element() {
        return svg;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share * 100);
    }

    private static String pixels(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
