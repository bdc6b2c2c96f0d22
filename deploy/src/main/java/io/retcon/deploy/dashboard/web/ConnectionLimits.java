package io.retcon.deploy.dashboard.web;

import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;

/**
 * Bounds of what clients can hold of the server. Beyond so many connections no more are accepted,
 * and those that do nothing are closed early; a request's body that stalls or trickles ends its
 * connection. So viewers never use up the file handles that a broker in the same process needs.
 */
final class ConnectionLimits {
    static final int MOST_CONNECTIONS = 512;
    private static final long MILLIS_OF_QUIET_WHEN_FULL = 2_000;
    private static final long LEAST_BODY_BYTES_A_SECOND = 128;

    private ConnectionLimits() {}

    static void addTo(Server server) {
        var connections = new NetworkConnectionLimit(MOST_CONNECTIONS, server);
        connections.setEndPointIdleTimeout(MILLIS_OF_QUIET_WHEN_FULL);
        server.addBean(connections);
        server.insertHandler(new MinimumDataRateHandler(LEAST_BODY_BYTES_A_SECOND, 0));
    }
}
