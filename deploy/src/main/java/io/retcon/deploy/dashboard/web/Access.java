package io.retcon.deploy.dashboard.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may ask. Without a token, whoever names this machine by its own loopback names: a page from
 * elsewhere that has its name point here (DNS rebinding) does not. With one, whoever brings it.
 *
 * @param token absent where the server listens on loopback alone
 */
public record Access(Optional<String> token) {
    private static final int TOKEN_BYTES = 24;
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public Access {
        requireNonNull(token, "token is null");
        token.ifPresent(
                t -> {
                    if (t.isBlank()) {
                        throw new IllegalArgumentException("an empty token keeps nobody out");
                    }
                });
    }

    /** A new token that nobody guesses. */
    public static String freshToken() {
        var bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a server there is out of others' reach. */
    public static boolean isLoopback(String host) {
        var name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return LOOPBACK.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * @param host the request's Host header
     */
    boolean acceptsHost(String host) {
        return token.isPresent() || host != null && LOOPBACK.contains(name(host));
    }

    /** Whether one of those that were brought is the token, if one is needed. */
    boolean acceptsToken(String brought) {
        return token.isEmpty()
                || brought != null
                        && MessageDigest.isEqual(
                                token.get().getBytes(UTF_8), brought.getBytes(UTF_8));
    }

    /**
     * Whether a change is asked for by a page of this server itself.
     *
     * @param origin the request's Origin header
     * @param host its Host header
     */
    static boolean isOwnOrigin(String origin, String host) {
        if (origin == null || host == null) {
            return false;
        }
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException noOrigin) {
            return false;
        }
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
    }
}
