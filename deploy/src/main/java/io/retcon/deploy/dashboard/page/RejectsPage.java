package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.RejectSeen;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;

import java.util.List;
import java.util.Locale;

/** What was refused, where it came from and why; the newest first. */
final class RejectsPage {
    static final String VIEW = "rejects";

    private RejectsPage() {}

    static View view() {
        return board -> List.of(Part.of("rejects", board.rejectsChanged(), now -> list(now)));
    }

    static List<Element> of(Board board) {
        return List.of(tag("h1", "Rejects"), list(board));
    }

    private static Element list(Board board) {
        var box = tag("div").with("id", "rejects");
        if (board.rejects().isEmpty()) {
            return box.add(tag("p", "Nothing was refused.").with("class", "note"));
        }
        var text =
                board.rejected() > board.rejects().size()
                        ? String.format(
                                Locale.ROOT,
                                "%,d in all; the last %,d are here.",
                                board.rejected(),
                                board.rejects().size())
                        : String.format(Locale.ROOT, "%,d in all.", board.rejected());
        return box.add(tag("p", text).with("class", "note"))
                .add(tag("ol").with("class", "rows rejects").addAll(rows(board, 0)));
    }

    static List<Element> rows(Board board, int from) {
        return Chunks.of(
                board.rejects(), from, RejectsPage::row, next -> "/rejects/rows?from=" + next);
    }

    private static Element row(RejectSeen seen) {
        var reject = seen.reject();
        return tag("li")
                .add(tag("p", reject.getReason()))
                .add(
                        tag("p").with("class", "meta")
                                .text(
                                        "%s, partition %d, offset %d%s · "
                                                .formatted(
                                                        reject.getTopic(),
                                                        reject.getPartition(),
                                                        reject.getOffset(),
                                                        reject.getKey()
                                                                .map(key -> ", key " + key)
                                                                .orElse("")))
                                .add(Moments.of(seen.at())));
    }
}
