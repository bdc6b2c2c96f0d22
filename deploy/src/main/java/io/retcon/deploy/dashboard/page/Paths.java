package io.retcon.deploy.dashboard.page;

import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.ItemRef;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The addresses of pages; names become parts of them, whatever characters they have. */
final class Paths {
    private Paths() {}

    static String part(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String intervention(String id) {
        return "/interventions/" + part(id);
    }

    static String items(String id) {
        return intervention(id) + "/items";
    }

    static String item(String id, ItemRef item) {
        return "%s/item?benchmark=%s&item=%s"
                .formatted(intervention(id), part(item.getBenchmark()), part(item.getId()));
    }

    /** What became of a document in an arm, read for one item. */
    static String change(String id, ItemRef item, DocumentRef document, String arm) {
        return "%s/change?benchmark=%s&item=%s&step=%d&sequence=%d&start=%d&arm=%s"
                .formatted(
                        intervention(id),
                        part(item.getBenchmark()),
                        part(item.getId()),
                        document.getStep(),
                        document.getSequence(),
                        document.getStart(),
                        part(arm));
    }

    static String run(String name) {
        return "/runs/" + part(name);
    }
}
