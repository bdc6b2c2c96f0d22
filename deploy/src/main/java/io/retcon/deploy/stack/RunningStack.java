package io.retcon.deploy.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

import io.retcon.schemas.RefusedInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a stack answers and which process it is, as {@code stack.json} in its data folder says.
 *
 * @param dashboard its address, once it listens
 */
public record RunningStack(String bootstrapServers, long pid, Optional<String> dashboard) {
    static final String FILE = "stack.json";
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());
    private static final Pattern ADDRESS = Pattern.compile("\\S+:\\d{1,5}");
    private static final int MAX_PORT = 65_535;
    private static final int CONNECT_MILLIS = 2_000;

    public RunningStack {
        if (bootstrapServers == null
                || !ADDRESS.matcher(bootstrapServers).matches()
                || port(bootstrapServers) > MAX_PORT) {
            throw new IllegalArgumentException(
                    "'%s' is no address host:port".formatted(bootstrapServers));
        }
        dashboard = dashboard == null ? Optional.empty() : dashboard;
    }

    /**
     * The stack that runs on {@code folder} now.
     *
     * @throws RefusedInput if none does, or the file does not say where it is
     */
    public static RunningStack on(Path folder) {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            try {
                var stack = JSON.readValue(file.toFile(), RunningStack.class);
                if (stack.answers()) {
                    return stack;
                }
            } catch (JsonProcessingException e) {
                throw new RefusedInput(
                        "%s is damaged and does not say where the stack on it answers: start ./retcon up there again, or name the cluster with --bootstrap-servers"
                                .formatted(file),
                        e);
            } catch (IOException e) {
                throw none(folder, e);
            }
        }
        throw none(folder, null);
    }

    static RunningStack publish(
            DataFolder data, EmbeddedBroker broker, Optional<String> dashboard) {
        var stack =
                new RunningStack(
                        broker.bootstrapServers(), ProcessHandle.current().pid(), dashboard);
        try {
            Path draft = data.path().resolve(FILE + ".new");
            Files.writeString(draft, JSON.writeValueAsString(stack) + "\n");
            Files.move(draft, data.path().resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stack;
    }

    static void withdraw(DataFolder data) {
        try {
            Files.deleteIfExists(data.path().resolve(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The process must live as well as the port answer: after a kill, another folder's stack may
     * have taken the port.
     */
    private boolean answers() {
        if (ProcessHandle.of(pid).isEmpty()) {
            return false;
        }
        String host = bootstrapServers.substring(0, bootstrapServers.lastIndexOf(':'));
        var address = new InetSocketAddress(host, port(bootstrapServers));
        try (var socket = new Socket()) {
            socket.connect(address, CONNECT_MILLIS);
            return true;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    private static RefusedInput none(Path folder, IOException cause) {
        return new RefusedInput(
                "no stack runs on %s: start one with ./retcon up, or name a cluster with --bootstrap-servers"
                        .formatted(folder),
                cause);
    }
}
