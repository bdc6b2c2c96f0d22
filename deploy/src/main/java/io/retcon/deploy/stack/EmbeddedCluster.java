package io.retcon.deploy.stack;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import java.net.URI;
import java.util.Optional;

/** The broker on a data folder, and the note in the folder that says where the broker is. */
final class EmbeddedCluster implements AutoCloseable {
    private final DataFolder data;
    private final EmbeddedBroker broker;
    private final Cluster cluster;
    private final HangingWatch hanging;

    private EmbeddedCluster(DataFolder data, EmbeddedBroker broker) {
        this.data = data;
        this.broker = broker;
        this.cluster = new Cluster(broker.bootstrapServers());
        this.hanging = HangingWatch.start(cluster);
    }

    /**
     * @throws RefusedInput if the port can't be had
     */
    static EmbeddedCluster start(DataFolder data, int port) {
        return new EmbeddedCluster(data, EmbeddedBroker.start(data, port));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Lets other processes find the broker by its folder. */
    void publish() {
        RunningStack.publish(data, broker, Optional.empty());
    }

    /** Lets them find the dashboard as well. */
    void announce(URI dashboard) {
        RunningStack.publish(data, broker, Optional.of(dashboard.toString()));
    }

    @Override
    public void close() {
        hanging.close();
        RunningStack.withdraw(data);
        broker.close();
    }
}
