package io.retcon.deploy.dashboard.registry;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.retcon.deploy.dashboard.live.LiveBoard;
import io.retcon.deploy.dashboard.web.Routes;

/**
 * The schemas of the cluster's topics at the addresses of Confluent's registry, to be read by
 * ordinary Avro clients; nothing is registered here.
 */
public final class RegistryRoutes implements Routes {
    private static final String TYPE = "application/vnd.schemaregistry.v1+json";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final int NO_SUBJECT = 40401;
    private static final int NO_VERSION = 40402;
    private static final int NO_SCHEMA = 40403;
    private static final int NO_SUCH_VERSION_NUMBER = 42202;
    private static final int NOT_WRITABLE = 40501;

    private final LiveBoard live;

    public RegistryRoutes(LiveBoard live) {
        this.live = requireNonNull(live, "live is null");
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/subjects", this::subjects);
        routes.get("/subjects/{subject}/versions", this::versions);
        routes.get("/subjects/{subject}/versions/{version}", this::version);
        routes.get("/subjects/{subject}/versions/{version}/schema", this::schemaOfVersion);
        routes.get("/schemas/ids/{id}", this::schema);
        routes.get("/schemas/ids/{id}/schema", this::schemaText);
        routes.get("/schemas/ids/{id}/versions", this::whereUsed);
        routes.get("/schemas/types", ctx -> answer(ctx, JSON.arrayNode().add("AVRO")));
        routes.get("/config", RegistryRoutes::config);
        routes.get("/config/{subject}", RegistryRoutes::config);
        routes.get("/mode", ctx -> answer(ctx, JSON.objectNode().put("mode", "READONLY")));
        routes.post("/subjects/{subject}/versions", RegistryRoutes::refuse);
        routes.post("/subjects/{subject}", this::lookUp);
    }

    private Subjects subjects() {
        return Subjects.of(live.board().schemas().values());
    }

    private void subjects(Context ctx) {
        var names = JSON.arrayNode();
        subjects().names().forEach(names::add);
        answer(ctx, names);
    }

    private void versions(Context ctx) {
        var versions = subjects().versions(ctx.pathParam("subject"));
        if (versions.isEmpty()) {
            noSubject(ctx);
            return;
        }
        var numbers = JSON.arrayNode();
        for (int v = 1; v <= versions.size(); v++) {
            numbers.add(v);
        }
        answer(ctx, numbers);
    }

    private void version(Context ctx) {
        found(ctx, (version, schema) -> answer(ctx, described(version, schema)));
    }

    private void schemaOfVersion(Context ctx) {
        found(ctx, (version, schema) -> ctx.contentType(TYPE).result(schema.schema()));
    }

    private interface Found {
        void answer(int version, Subjects.Version schema);
    }

    private void found(Context ctx, Found found) {
        var versions = subjects().versions(ctx.pathParam("subject"));
        var wanted = ctx.pathParam("version");
        if (versions.isEmpty()) {
            noSubject(ctx);
            return;
        }
        boolean isLatest = wanted.equals("latest") || wanted.equals("-1");
        if (!isLatest && !wanted.matches("[1-9]\\d{0,8}")) {
            problem(
                    ctx,
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    NO_SUCH_VERSION_NUMBER,
                    "The specified version '%s' is not a valid version id.".formatted(wanted)
                            + " Allowed values are between [1, 2^31-1] and the string \"latest\"");
            return;
        }
        int version = isLatest ? versions.size() : Integer.parseInt(wanted);
        if (version > versions.size()) {
            problem(
                    ctx,
                    HttpStatus.NOT_FOUND,
                    NO_VERSION,
                    "Version %d not found.".formatted(version));
            return;
        }
        found.answer(version, versions.get(version - 1));
    }

    private void schema(Context ctx) {
        byId(ctx, text -> answer(ctx, JSON.objectNode().put("schema", text)));
    }

    private void schemaText(Context ctx) {
        byId(ctx, text -> ctx.contentType(TYPE).result(text));
    }

    private void byId(Context ctx, java.util.function.Consumer<String> found) {
        var id = ctx.pathParam("id");
        var schema =
                id.matches("\\d{1,10}") && Long.parseLong(id) <= Integer.MAX_VALUE
                        ? live.board().schemas().get(Integer.parseInt(id))
                        : null;
        if (schema == null) {
            problem(ctx, HttpStatus.NOT_FOUND, NO_SCHEMA, "Schema %s not found".formatted(id));
            return;
        }
        found.accept(schema.schema());
    }

    private void whereUsed(Context ctx) {
        byId(
                ctx,
                text -> {
                    int id = Integer.parseInt(ctx.pathParam("id"));
                    var uses = JSON.arrayNode();
                    var subjects = subjects();
                    for (var name : subjects.names()) {
                        var versions = subjects.versions(name);
                        for (int v = 1; v <= versions.size(); v++) {
                            if (versions.get(v - 1).id() == id) {
                                uses.addObject().put("subject", name).put("version", v);
                            }
                        }
                    }
                    answer(ctx, uses);
                });
    }

    /** Whether a schema is there: serializers ask so before they write. */
    private void lookUp(Context ctx) {
        var name = ctx.pathParam("subject");
        var versions = subjects().versions(name);
        if (versions.isEmpty()) {
            noSubject(ctx);
            return;
        }
        var wanted = Subjects.schemaIn(ctx.body());
        for (int v = 1; v <= versions.size(); v++) {
            if (wanted.filter(versions.get(v - 1)::isSchema).isPresent()) {
                answer(ctx, described(v, versions.get(v - 1)));
                return;
            }
        }
        problem(ctx, HttpStatus.NOT_FOUND, NO_SCHEMA, "Schema not found");
    }

    private static ObjectNode described(int version, Subjects.Version schema) {
        return JSON.objectNode()
                .put("subject", schema.subject())
                .put("version", version)
                .put("id", schema.id())
                .put("schema", schema.schema());
    }

    private static void config(Context ctx) {
        answer(ctx, JSON.objectNode().put("compatibilityLevel", "FULL_TRANSITIVE"));
    }

    private static void refuse(Context ctx) {
        problem(
                ctx,
                HttpStatus.METHOD_NOT_ALLOWED,
                NOT_WRITABLE,
                "This registry is read-only: Retcon's components register their own schemas");
    }

    private static void noSubject(Context ctx) {
        problem(
                ctx,
                HttpStatus.NOT_FOUND,
                NO_SUBJECT,
                "Subject '%s' not found.".formatted(ctx.pathParam("subject")));
    }

    private static void problem(Context ctx, HttpStatus status, int code, String message) {
        ctx.status(status);
        answer(ctx, JSON.objectNode().put("error_code", code).put("message", message));
    }

    private static void answer(Context ctx, JsonNode json) {
        ctx.contentType(TYPE).result(json.toString());
    }
}
