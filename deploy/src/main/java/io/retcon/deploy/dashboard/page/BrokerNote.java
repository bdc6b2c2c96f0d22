package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Broker;
import io.retcon.deploy.report.Element;

/** Says that the cluster does not answer, or that its topics are still being read. */
final class BrokerNote {
    static final String ID = "broker";

    private BrokerNote() {}

    static Element of(Board board) {
        var note = tag("div").with("id", ID).with("role", "status");
        return switch (board.broker()) {
            case Broker.Away away ->
                    note.with("class", "note bad")
                            .text("The cluster has not answered since ")
                            .add(Moments.of(away.since()))
                            .text(
                                    board.complete()
                                            ? ". What you see is what it said before; this goes on"
                                                    + " by itself."
                                            : ". This goes on by itself once it does.");
            case Broker.Unasked u when !board.complete() -> reading(note);
            case Broker.Answers a when !board.complete() -> reading(note);
            case Broker.Unasked u -> note.with("hidden", "hidden");
            case Broker.Answers a -> note.with("hidden", "hidden");
        };
    }

    private static Element reading(Element note) {
        return note.with("class", "note").text("Reading the topics …");
    }
}
