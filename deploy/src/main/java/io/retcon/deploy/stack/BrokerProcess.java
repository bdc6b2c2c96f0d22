package io.retcon.deploy.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One broker of a cluster as a process of its own, so that it can be killed. It says where it
 * answers once it does, and ends when its standard input does.
 */
public record BrokerProcess(Path data, int id, String cluster, List<BrokerNode> nodes) {
    /** What its line on standard output begins with once it answers. */
    public static final String READY = "ready ";

    public BrokerProcess {
        requireNonNull(data, "data is null");
        requireNonNull(cluster, "cluster is null");
        nodes = List.copyOf(nodes);
    }

    /** What {@link #main} is to be started with. */
    public List<String> arguments() {
        var arguments = new ArrayList<>(List.of(data.toString(), String.valueOf(id), cluster));
        for (var node : nodes) {
            arguments.add("%d:%d:%d".formatted(node.id(), node.port(), node.controllerPort()));
        }
        return arguments;
    }

    private static BrokerProcess of(String[] arguments) {
        return new BrokerProcess(
                Path.of(arguments[0]),
                Integer.parseInt(arguments[1]),
                arguments[2],
                Arrays.stream(arguments).skip(3).map(BrokerProcess::node).toList());
    }

    private static BrokerNode node(String text) {
        var numbers = Arrays.stream(text.split(":", -1)).mapToInt(Integer::parseInt).toArray();
        return new BrokerNode(numbers[0], numbers[1], numbers[2]);
    }

    public static void main(String[] arguments) throws IOException {
        var process = of(arguments);
        var self = process.nodes.stream().filter(node -> node.id() == process.id).findFirst().get();
        try (var folder = DataFolder.claim(process.data);
                var broker = EmbeddedBroker.start(folder, self, process.nodes, process.cluster)) {
            System.out.println(READY + broker.bootstrapServers());
            System.in.transferTo(java.io.OutputStream.nullOutputStream());
        }
    }
}
