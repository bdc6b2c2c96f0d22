package io.retcon.schemas.serde;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;

import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Schema ids from a registry that speaks Confluent's REST interface; what it once said is kept in
 * memory. Thread-safe.
 *
 * @see <a href="https://docs.confluent.io/platform/current/schema-registry/develop/api.html">The
 *     interface</a>
 */
public final class RegistrySchemas implements Schemas {
    /** Where the registry is: one address or more, comma-separated, of the same registry. */
    public static final String URL = "schema.registry.url";

    /** {@code user:password} for a registry that asks for them. */
    public static final String USER = "basic.auth.user.info";

    /** What is said to a registry's client and not to Kafka's. */
    public static final Set<String> PROPERTIES = Set.of(URL, USER);

    private static final String CONTENT = "application/vnd.schemaregistry.v1+json";
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final int NOT_FOUND = 404;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Registered(String subject, Schema schema) {}

    private final List<URI> addresses;
    private final Optional<String> user;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final Map<Registered, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    RegistrySchemas(List<URI> addresses, Optional<String> user, Duration patience) {
        this.addresses = List.copyOf(addresses);
        this.user = requireNonNull(user, "user is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * @throws RefusedInput if an address is none
     */
    public static RegistrySchemas of(Map<String, String> properties) {
        return new RegistrySchemas(
                Arrays.stream(properties.get(URL).split(",", -1))
                        .map(RegistrySchemas::address)
                        .toList(),
                Optional.ofNullable(properties.get(USER)),
                PATIENCE);
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text.strip().replaceAll("/+$", ""));
            if (address.getHost() != null
                    && Set.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(text, e);
        }
        throw noAddress(text, null);
    }

    private static RefusedInput noAddress(String text, Exception cause) {
        return new RefusedInput(
                "%s is no address of a schema registry: write it as http://host:port (%s)"
                        .formatted(text, URL),
                cause);
    }

    @Override
    public int idOf(String subject, Schema schema) {
        var known = ids.get(new Registered(subject, schema));
        return known != null ? known : register(subject, schema);
    }

    private int register(String subject, Schema schema) {
        var body = JSON.createObjectNode().put("schema", schema.toString()).toString();
        var path =
                "/subjects/%s/versions"
                        .formatted(URLEncoder.encode(subject, StandardCharsets.UTF_8));
        var answer =
                json(
                        ask(path, HttpRequest.BodyPublishers.ofString(body), "POST"),
                        "cannot register the schema of " + subject);
        int id = answer.path("id").asInt();
        schemas.put(id, schema);
        ids.put(new Registered(subject, schema), id);
        return id;
    }

    @Override
    public Schema byId(int id) {
        return schemas.computeIfAbsent(id, this::fetch);
    }

    private Schema fetch(int id) {
        var response = ask("/schemas/ids/" + id, HttpRequest.BodyPublishers.noBody(), "GET");
        if (response.statusCode() == NOT_FOUND) {
            throw new SerializationException("no schema is registered under id " + id);
        }
        if (response.statusCode() != 200) {
            throw away("it says " + response.statusCode(), null);
        }
        var answer = json(response, "cannot read schema " + id);
        return new Schema.Parser().parse(answer.path("schema").asText());
    }

    private static JsonNode json(HttpResponse<String> response, String failure) {
        if (response.statusCode() != 200) {
            throw new SerializationException(
                    "%s: the registry says %d %s"
                            .formatted(failure, response.statusCode(), response.body()));
        }
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new SerializationException(failure + ": the registry's answer is no JSON", e);
        }
    }

    /** Asks one address after the other until one answers, or patience ends. */
    private HttpResponse<String> ask(String path, HttpRequest.BodyPublisher body, String method) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            String failure = "";
            for (var address : addresses) {
                try {
                    var answer = client.send(request(address, path, body, method), text());
                    if (answer.statusCode() < 500) {
                        return answer;
                    }
                    failure = "it says " + answer.statusCode();
                } catch (IOException e) {
                    failure = e.getClass().getSimpleName();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw away("interrupted while it was asked", e);
                }
            }
            if (System.nanoTime() > deadline) {
                throw away(failure, null);
            }
            pause();
        }
    }

    private RegistryAway away(String failure, Exception cause) {
        return new RegistryAway(
                "no schema registry answers at %s (%s): check %s"
                        .formatted(addresses, failure, URL),
                cause);
    }

    private HttpRequest request(
            URI address, String path, HttpRequest.BodyPublisher body, String method) {
        var request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(TIMEOUT)
                        .header("Content-Type", CONTENT)
                        .header("Accept", CONTENT + ", application/json")
                        .method(method, body);
        user.map(u -> Base64.getEncoder().encodeToString(u.getBytes(StandardCharsets.UTF_8)))
                .ifPresent(secret -> request.header("Authorization", "Basic " + secret));
        return request.build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8);
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw away("interrupted while it was waited for", e);
        }
    }
}
