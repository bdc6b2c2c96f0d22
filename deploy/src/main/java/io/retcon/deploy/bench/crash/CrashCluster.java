package io.retcon.deploy.bench.crash;

import io.retcon.deploy.Retcon;
import io.retcon.deploy.stack.BrokerNode;
import io.retcon.deploy.stack.BrokerProcess;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.common.Uuid;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Brokers, streams and an indexer, each a process of its own. */
final class CrashCluster implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final String STREAMS = "streams";
    static final String INDEXER = "indexer";
    static final String BROKER = "broker";

    /** Whoever looks at a cluster that is being killed must hear soon that nobody answers. */
    private static final Map<String, String> IMPATIENT =
            Map.of("default.api.timeout.ms", "3000", "request.timeout.ms", "2000");

    private final List<ChildProcess> brokers = new ArrayList<>();
    private final ChildProcess streams;
    private final ChildProcess indexer;
    private final String bootstrapServers;
    private final Thread end = new Thread(this::close);

    private CrashCluster(Path folder, int count) {
        var nodes = IntStream.rangeClosed(1, count).mapToObj(BrokerNode::withFreePorts).toList();
        var id = Uuid.randomUuid().toString();
        bootstrapServers = nodes.stream().map(BrokerNode::address).collect(Collectors.joining(","));
        for (var node : nodes) {
            var name = BROKER + "-" + node.id();
            brokers.add(
                    new ChildProcess(
                            name,
                            BrokerProcess.class.getName(),
                            new BrokerProcess(folder.resolve(name), node.id(), id, nodes)
                                    .arguments(),
                            BrokerProcess.READY,
                            folder.resolve(name + ".log")));
        }
        streams = component(STREAMS, folder);
        indexer = component(INDEXER, folder);
    }

    private ChildProcess component(String verb, Path folder) {
        return new ChildProcess(
                verb,
                Retcon.class.getName(),
                List.of(
                        verb,
                        "--bootstrap-servers",
                        bootstrapServers,
                        "--data",
                        folder.resolve("data").toString()),
                "ready in",
                folder.resolve(verb + ".log"));
    }

    /** Returns when brokers answer and have the contract's topics; components come later. */
    static CrashCluster start(Path folder, int brokers) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        var cluster = new CrashCluster(folder, brokers);
        Runtime.getRuntime().addShutdownHook(cluster.end);
        cluster.brokers.forEach(ChildProcess::start);
        for (var broker : cluster.brokers) {
            broker.awaitReady();
        }
        cluster.awaitAllBrokers();
        Stack.createTopics(cluster.kafka(), PARTITIONS);
        return cluster;
    }

    /** Topics made sooner would have fewer replicas. */
    private void awaitAllBrokers() throws InterruptedException {
        try (var admin = kafka().admin()) {
            while (admin.describeCluster().nodes().get().size() < brokers.size()) {
                Thread.sleep(100);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the brokers do not answer", e.getCause());
        }
    }

    void startComponents() throws InterruptedException {
        streams.start();
        indexer.start();
        streams.awaitReady();
        indexer.awaitReady();
    }

    /** All that can be killed. */
    List<ChildProcess> processes() {
        var all = new ArrayList<>(brokers);
        all.add(streams);
        all.add(indexer);
        return all;
    }

    /** Whether nobody answers while the process is down. */
    boolean isOnlyBroker(ChildProcess process) {
        return brokers.equals(List.of(process));
    }

    Cluster kafka() {
        return new Cluster(bootstrapServers);
    }

    /** For looking on while brokers are killed. */
    Cluster impatient() {
        return new Cluster(bootstrapServers, IMPATIENT);
    }

    @Override
    public void close() {
        indexer.close();
        streams.close();
        brokers.forEach(ChildProcess::close);
    }
}
