package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.report.Element;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Long lists come in parts, each when its place comes into sight. */
final class Chunks {
    /** So many rows come at once; the style sheet keeps as much room for them. */
    static final int ROWS = 100;

    private Chunks() {}

    /**
     * The rows that a list shows from a place on; from its beginning, the places of all others too.
     *
     * @param address of the rows from a place on
     */
    static <T> List<Element> of(
            List<T> all, int from, Function<T, Element> row, IntFunction<String> address) {
        var elements = new ArrayList<Element>();
        all.stream().skip(from).limit(ROWS).map(row).forEach(elements::add);
        if (from == 0) {
            for (int next = ROWS; next < all.size(); next += ROWS) {
                elements.add(place(address.apply(next)));
            }
        }
        return elements;
    }

    private static Element place(String address) {
        return tag("li", "more …")
                .with("class", "more chunk")
                .with("hx-get", address)
                .with("hx-trigger", "intersect once")
                .with("hx-swap", "outerHTML");
    }

    /** A place that is filled when it comes into sight. */
    static Element later(String address, String meanwhile) {
        return tag("div", meanwhile)
                .with("class", "later")
                .with("hx-get", address)
                .with("hx-trigger", "intersect once")
                .with("hx-swap", "outerHTML");
    }
}
