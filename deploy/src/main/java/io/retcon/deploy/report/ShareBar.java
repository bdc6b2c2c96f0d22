package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

/** A bar that is filled by a share; without inline style, which a strict page policy forbids. */
public final class ShareBar {
    private ShareBar() {}

    /**
     * @param share 0 to 1; what is beyond counts as the end
     */
    public static Element of(double share) {
        return tag("svg")
                .with("class", "bar")
                .with("aria-hidden", "true")
                .add(tag("rect").with("class", "all").with("width", "100%").with("height", "100%"))
                .add(
                        tag("rect")
                                .with("width", Figures.points(Math.clamp(share, 0.0, 1.0)) + "%")
                                .with("height", "100%"));
    }
}
