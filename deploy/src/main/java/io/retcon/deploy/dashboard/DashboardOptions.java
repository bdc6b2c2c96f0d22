package io.retcon.deploy.dashboard;

import io.retcon.deploy.dashboard.page.Frame;
import io.retcon.deploy.dashboard.publish.SpecSources;
import io.retcon.deploy.dashboard.web.Access;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What verbs that start a dashboard share: what it lets one do, and whom. */
public final class DashboardOptions {
    @Option(
            names = "--allow-publish",
            description = "Let viewers of the dashboard publish specs (default: they only read).")
    private boolean publish;

    @Option(
            names = "--allow-files",
            paramLabel = "FOLDER",
            description =
                    "A folder out of which specs published in the dashboard may name files; may be"
                            + " repeated (default: they may name none).")
    private List<Path> files = List.of();

    @Option(
            names = "--allow-topic",
            paramLabel = "TOPIC",
            description =
                    "A topic out of which specs published in the dashboard may insert documents;"
                            + " may be repeated (default: none).")
    private List<String> topics = List.of();

    @Option(
            names = "--token-file",
            defaultValue = "${env:RETCON_DASHBOARD_TOKEN_FILE:-" + Option.NULL_VALUE + "}",
            paramLabel = "FILE",
            description =
                    "File with the token that viewers of the dashboard must bring (default: none"
                            + " on 127.0.0.1, a new one elsewhere).")
    private Path tokenFile;

    /**
     * @param port absent for the usual one, or any free one where that is taken
     * @throws RefusedInput if the port can't be had or the token can't be read
     */
    public Dashboard start(Cluster cluster, String host, Optional<Integer> port) {
        var token = token(host);
        if (port.isPresent()) {
            return start(cluster, host, port.get(), token);
        }
        try {
            return start(cluster, host, DashboardSettings.DEFAULT_PORT, token);
        } catch (RefusedInput taken) {
            return start(cluster, host, 0, token);
        }
    }

    private Dashboard start(Cluster cluster, String host, int port, Optional<String> token) {
        var rights = publish ? Frame.Rights.PUBLISH : Frame.Rights.READ;
        return Dashboard.start(
                cluster,
                new DashboardSettings(
                        host, port, new Access(token), rights, new SpecSources(files, topics)),
                List.of());
    }

    private Optional<String> token(String host) {
        if (tokenFile == null) {
            return Access.isLoopback(host) ? Optional.empty() : Optional.of(Access.freshToken());
        }
        try {
            var token = Files.readString(tokenFile).strip();
            if (!token.matches("[A-Za-z0-9._~-]{16,512}")) {
                throw new RefusedInput(
                        "%s holds no token: write one of 16 to 512 letters and digits into it"
                                .formatted(tokenFile));
            }
            return Optional.of(token);
        } catch (IOException e) {
            throw new RefusedInput("token file %s cannot be read".formatted(tokenFile), e);
        }
    }
}
