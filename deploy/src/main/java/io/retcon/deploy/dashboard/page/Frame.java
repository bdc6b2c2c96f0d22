package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import static java.util.Objects.requireNonNull;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.dashboard.live.Viewer;
import io.retcon.deploy.dashboard.web.Assets;
import io.retcon.deploy.report.Element;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all pages have: their head, the way between them, and what says how the cluster is. */
public final class Frame {
    private static final String SETTINGS =
            "{\"allowEval\":false,\"allowScriptTags\":false,\"includeIndicatorStyles\":false,"
                    + "\"selfRequestsOnly\":true,\"historyCacheSize\":0,\"timeout\":120000,"
                    // What cannot be had is said in its place.
                    + "\"responseHandling\":[{\"code\":\"204\",\"swap\":false},"
                    + "{\"code\":\"[23]..\",\"swap\":true},"
                    + "{\"code\":\"[45]..\",\"swap\":true,\"error\":true}]}";

    /** What a dashboard lets its viewers do. */
    public enum Rights {
        READ,
        PUBLISH
    }

    private final Assets assets;
    private final String epoch;
    private final Rights rights;

    /**
     * @param epoch this server's own word
     */
    public Frame(Assets assets, String epoch, Rights rights) {
        this.assets = requireNonNull(assets, "assets is null");
        this.epoch = requireNonNull(epoch, "epoch is null");
        this.rights = requireNonNull(rights, "rights is null");
    }

    /** The parts that every page has, and those of its own. */
    public static View with(View own) {
        return board -> {
            var parts = new ArrayList<Part>();
            parts.add(Part.of(BrokerNote.ID, board.brokerChanged(), BrokerNote::of));
            parts.add(Part.of("said", board.said().changed(), Frame::said));
            parts.addAll(own.parts(board));
            return parts;
        };
    }

    private static Element said(Board board) {
        return tag("div", board.said().sentence())
                .with("id", "said")
                .with("class", "unseen")
                .with("role", "status")
                .with("aria-live", "polite");
    }

    /**
     * A page.
     *
     * @param here its address, without its query
     * @param view what changes of it by itself, by the name that its viewer asks for
     * @param board as of which it is drawn
     */
    public String page(String title, String here, String view, Board board, List<Element> main) {
        var shown = Viewer.version(epoch, board.version());
        var events =
                "/events?view=%s&shown=%s"
                        .formatted(URLEncoder.encode(view, StandardCharsets.UTF_8), shown);
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        %s
        %s
        <link rel="icon" href="data:,">
        %s
        </head>
        <body hx-ext="sse, concerning">
        %s
        </body>
        </html>
        """
                .formatted(
                        tag("title", title + " · Retcon"),
                        tag("meta").with("name", "htmx-config").with("content", SETTINGS),
                        head(),
                        body(here, events, board, main));
    }

    private String head() {
        var head = new StringBuilder();
        for (var css : List.of("report.css", "dashboard.css")) {
            head.append(tag("link").with("rel", "stylesheet").with("href", assets.address(css)));
        }
        for (var script : List.of("htmx.js", "sse.js", "dashboard.js")) {
            head.append(tag("script").with("src", assets.address(script)).with("defer", "defer"));
        }
        return head.toString();
    }

    private String body(String here, String events, Board board, List<Element> main) {
        return ""
                + tag("a", "Skip to content").with("class", "skip").with("href", "#main")
                + tag("header")
                        .with("class", "top")
                        .add(tag("a", "Retcon").with("class", "brand").with("href", "/"))
                        .add(navigation(here))
                + tag("div")
                        .with("id", "live")
                        .with("sse-connect", events)
                        .with("sse-swap", Viewer.UPDATE)
                        .with("hx-swap", "none")
                + tag("div", "The dashboard does not answer; what you see may be old.")
                        .with("id", "lost")
                        .with("class", "note bad")
                        .with("role", "alert")
                        .with("hidden", "hidden")
                + BrokerNote.of(board)
                + said(board)
                + tag("main").with("id", "main").with("tabindex", "-1").addAll(main);
    }

    private Element navigation(String here) {
        var places = new LinkedHashMap<String, String>();
        places.put("/", "Interventions");
        places.put("/runs", "Runs");
        places.put("/rejects", "Rejects");
        places.put("/cluster", "Cluster");
        if (rights == Rights.PUBLISH) {
            places.put("/publish", "Publish");
        }
        return tag("nav")
                .with("aria-label", "Pages")
                .addAll(places.entrySet().stream().map(place -> link(place, here)).toList());
    }

    private static Element link(Map.Entry<String, String> place, String here) {
        var link = tag("a", place.getValue()).with("href", place.getKey());
        return place.getKey().equals(here) ? link.with("aria-current", "page") : link;
    }
}
