package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.board.Board;
import io.retcon.deploy.dashboard.board.Broker;
import io.retcon.deploy.dashboard.board.ClusterState;
import io.retcon.deploy.dashboard.live.Part;
import io.retcon.deploy.dashboard.live.View;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Table;

import java.util.List;
import java.util.Locale;

/**
 * Whether everything runs: brokers, how far each component is behind, how much each topic holds.
 */
final class ClusterPage {
    static final String VIEW = "cluster";

    private ClusterPage() {}

    /**
     * @param look is called again and again while somebody looks
     */
    static View view(Runnable look) {
        return board -> {
            look.run();
            return List.of(Part.of("cluster", board.brokerChanged(), ClusterPage::cluster));
        };
    }

    static List<Element> of(Board board) {
        return List.of(tag("h1", "Cluster"), cluster(board));
    }

    private static Element cluster(Board board) {
        var box = tag("div").with("id", "cluster").add(tag("h2", "Brokers"));
        return switch (board.broker()) {
            case Broker.Answers answers -> answers(box, answers);
            case Broker.Away away ->
                    box.add(tag("p", "None answers: " + away.reason()).with("class", "bad"));
            case Broker.Unasked u -> box.add(tag("p", "Asking …").with("class", "note"));
        };
    }

    private static Element answers(Element box, Broker.Answers answers) {
        box.add(tag("ul").addAll(answers.nodes().stream().map(node -> tag("li", node)).toList()));
        if (answers.state().isEmpty()) {
            return box.add(tag("p", "Asking how far everything is …").with("class", "note"));
        }
        var state = answers.state().get();
        return box.add(tag("h2", "Components"))
                .add(
                        Table.of(
                                List.of("Consumer group", "Partitions", "Records behind"),
                                state.groups().stream().map(ClusterPage::row).toList()))
                .add(tag("h2", "Topics"))
                .add(
                        Table.of(
                                List.of("Topic", "Partitions", "Offsets"),
                                state.topics().stream().map(ClusterPage::row).toList()));
    }

    private static List<Object> row(ClusterState.OfGroup group) {
        return List.of(group.name(), group.partitions(), number(group.behind()));
    }

    private static List<Object> row(ClusterState.OfTopic topic) {
        return List.of(topic.name(), topic.partitions(), number(topic.records()));
    }

    private static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
