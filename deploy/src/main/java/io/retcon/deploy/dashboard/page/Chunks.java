package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.report.Element;

/** Long lists come in parts, each when the one before it has been scrolled to its end. */
final class Chunks {
    private Chunks() {}

    /** A last element of a list, which the next part takes the place of. */
    static Element next(String address) {
        return tag("li", "more …")
                .with("class", "more")
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
