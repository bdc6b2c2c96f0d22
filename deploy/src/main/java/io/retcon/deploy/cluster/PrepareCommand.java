package io.retcon.deploy.cluster;

import io.retcon.deploy.cli.ClusterOption;
import io.retcon.deploy.cli.OutputOption;
import io.retcon.deploy.rights.Rights;
import io.retcon.deploy.rights.RightsTable;
import io.retcon.deploy.stack.Stack;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;
import io.retcon.schemas.topic.TopicCatalogue;

import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Creates topics, registers schemas and, if told to, grants the components their rights. */
@Command(
        name = "prepare",
        description =
                "Creates the topics that are missing and registers their schemas; the components"
                        + " then need no right to. What is there stays as it is.")
public final class PrepareCommand implements Callable<Integer> {
    private record Prepared(String bootstrapServers, int topics, int rights) {
        String text() {
            return "%s has %d topics; %d rights granted%n"
                    .formatted(bootstrapServers, topics, rights);
        }
    }

    @Mixin private ClusterOption cluster;
    @Mixin private OutputOption output;

    @Option(
            names = "--partitions",
            defaultValue = "4",
            description = "Partitions of new topics with data (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--grant",
            description =
                    "Grant the users retcon-streams, retcon-indexer … what ./retcon cluster rights"
                            + " lists.")
    private boolean grant;

    @Override
    public Integer call() throws InterruptedException {
        var kafka = cluster.resolve();
        Stack.createTopics(kafka, partitions);
        TopicCatalogue.all().forEach(kafka::serde);
        var rights = grant ? bindings() : List.<AclBinding>of();
        grant(kafka, rights);
        output.result(
                new Prepared(
                        kafka.bootstrapServers(), TopicCatalogue.all().size() + 1, rights.size()),
                Prepared::text);
        return 0;
    }

    private static List<AclBinding> bindings() {
        return RightsTable.all().stream().map(Rights::bindings).flatMap(List::stream).toList();
    }

    private static void grant(Cluster kafka, List<AclBinding> rights) throws InterruptedException {
        try (var admin = kafka.admin()) {
            admin.createAcls(rights).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SecurityDisabledException) {
                throw new RefusedInput(
                        "the cluster has no authorizer, so that everybody may do everything: leave"
                                + " out --grant",
                        e);
            }
            if (e.getCause() instanceof AuthorizationException) {
                throw new RefusedInput("this user may not grant rights: ask one who may", e);
            }
            throw new IllegalStateException(
                    "rights can't be granted: " + e.getCause().getMessage(), e);
        }
    }
}
