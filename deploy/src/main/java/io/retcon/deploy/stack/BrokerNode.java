package io.retcon.deploy.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * A broker of a cluster, which is a controller too, on this machine alone.
 *
 * @param id from 1
 * @param port where it talks to clients and to other brokers
 * @param controllerPort where it talks to other controllers
 */
public record BrokerNode(int id, int port, int controllerPort) {
    static final String HOST = "127.0.0.1";

    /** With ports that nobody uses now. */
    public static BrokerNode withFreePorts(int id) {
        return new BrokerNode(id, freePort(), freePort());
    }

    static int freePort() {
        try (var probe = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code host:port}, for clients. */
    public String address() {
        return HOST + ":" + port;
    }

    /** As a broker's settings name a controller. */
    String voter() {
        return "%d@%s:%d".formatted(id, HOST, controllerPort);
    }
}
