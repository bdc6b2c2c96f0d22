package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Broker;
import io.retcon.deploy.dashboard.cluster.ClusterState;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Table;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether everything runs: brokers, how far each component is behind, how much each topic holds.
 */
final class ClusterPage {
    static final String VIEW = "cluster";

    private ClusterPage() {}

    static View view() {
        return board -> List.of(Part.of("brokers", board.brokerChanged(), ClusterPage::brokers));
    }

    static List<Element> of(Board board) {
        return List.of(tag("h1", "Cluster"), brokers(board), state(Optional.empty()));
    }

    private static Element brokers(Board board) {
        var section = tag("section").with("id", "brokers").add(tag("h2", "Brokers"));
        return switch (board.broker()) {
            case Broker.Answers answers ->
                    section.add(
                            tag("ul")
                                    .addAll(
                                            answers.nodes().stream()
                                                    .map(node -> tag("li", node))
                                                    .toList()));
            case Broker.Away away ->
                    section.add(tag("p", "None answers: " + away.reason()).with("class", "bad"));
            case Broker.Unasked u -> section.add(tag("p", "Asking …").with("class", "note"));
        };
    }

    /** Asked for again while it is looked at, and only then: offsets come by no topic. */
    static Element state(Optional<ClusterState> state) {
        var box =
                tag("div")
                        .with("id", "state")
                        .with("hx-get", "/cluster/state")
                        .with("hx-trigger", state.isEmpty() ? "load, every 3s" : "every 3s")
                        .with("hx-swap", "outerHTML");
        if (state.isEmpty()) {
            return box.add(tag("p", "Asking the cluster …").with("class", "note"));
        }
        return box.add(tag("h2", "Components"))
                .add(
                        Table.of(
                                List.of("Consumer group", "Partitions", "Records behind"),
                                state.get().groups().stream()
                                        .map(
                                                g ->
                                                        List.<Object>of(
                                                                g.name(),
                                                                g.partitions(),
                                                                number(g.behind())))
                                        .toList()))
                .add(tag("h2", "Topics"))
                .add(
                        Table.of(
                                List.of("Topic", "Partitions", "Offsets"),
                                state.get().topics().stream()
                                        .map(
                                                t ->
                                                        List.<Object>of(
                                                                t.name(),
                                                                t.partitions(),
                                                                number(t.records())))
                                        .toList()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
