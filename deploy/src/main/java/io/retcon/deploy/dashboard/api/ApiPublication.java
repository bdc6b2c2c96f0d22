package io.retcon.deploy.dashboard.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.publish.SpecCheck;
import io.retcon.deploy.dashboard.web.Routes;
import io.retcon.schemas.RefusedInput;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Takes specs from programs: YAML in, what was published as JSON out. */
public final class ApiPublication implements Routes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<SpecCheck> check;

    /**
     * @param check absent where nothing may be published
     */
    public ApiPublication(Optional<SpecCheck> check) {
        this.check = requireNonNull(check, "check is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/interventions", this::publish);
    }

    private void publish(Context ctx) {
        ctx.contentType("application/json");
        if (check.isEmpty()) {
            ctx.status(HttpStatus.FORBIDDEN);
            ctx.result(
                    JSON.createObjectNode()
                            .put(
                                    "error",
                                    "this dashboard only reads: start it with --allow-publish")
                            .toString());
            return;
        }
        String spec;
        try {
            spec = text(ctx.bodyAsBytes());
        } catch (CharacterCodingException e) {
            ctx.status(HttpStatus.UNPROCESSABLE_CONTENT);
            ctx.result(
                    JSON.createObjectNode()
                            .put("error", "the spec is not UTF-8 text: save it as UTF-8")
                            .toString());
            return;
        }
        try {
            var published = JSON.createArrayNode();
            for (var intervention : check.get().publish(spec)) {
                published
                        .addObject()
                        .put("intervention", intervention.getId())
                        .put("name", intervention.getName());
            }
            ctx.status(HttpStatus.CREATED).result(published.toString());
        } catch (RefusedInput refused) {
            var fault = check.get().fault(spec).orElseGet(() -> SpecCheck.fault(refused));
            var json = JSON.createObjectNode().put("error", fault.sentence());
            fault.line().ifPresent(line -> json.put("line", line));
            fault.column().ifPresent(column -> json.put("column", column));
            ctx.status(HttpStatus.UNPROCESSABLE_CONTENT).result(json.toString());
        }
    }

    /** UTF-8, whatever charset is said: its media types have no other (RFC 9512, RFC 8259). */
    private static String text(byte[] body) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    }
}
