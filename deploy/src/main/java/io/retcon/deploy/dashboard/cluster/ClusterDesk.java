package io.retcon.deploy.dashboard.cluster;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import io.retcon.schemas.topic.Cluster;

import org.apache.kafka.common.KafkaException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Asks the cluster for its state when somebody looks, and then at most every two seconds. */
public final class ClusterDesk {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Cluster cluster;
    private final Cache<String, Optional<ClusterState>> latest =
            Caffeine.newBuilder().expireAfterWrite(FRESH).build();

    public ClusterDesk(Cluster cluster) {
        this.cluster = requireNonNull(cluster, "cluster is null");
    }

    /** Nothing where the cluster does not answer. */
    public Optional<ClusterState> state() {
        return latest.get("state", any -> read());
    }

    private Optional<ClusterState> read() {
        try {
            return Optional.of(ClusterState.read(cluster));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException | KafkaException away) {
            return Optional.empty();
        }
    }
}
