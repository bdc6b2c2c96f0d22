package io.retcon.deploy.dashboard.web;

import static java.util.Objects.requireNonNull;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;

import java.util.Locale;
import java.util.Set;

/** Stands before every request: lets in whom {@link Access} accepts, and binds every answer. */
final class Guard {
    /** What a page may do: load from here, and nothing that stands inside it is run. */
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri"
                    + " 'none'";

    /** What says no more than that the process lives; probes bring no token. */
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

    /** Media types of specs, none of which a browser sends to another site without asking it. */
    private static final Set<String> SPECS =
            Set.of("application/yaml", "application/x-yaml", "text/yaml", "application/json");

    private static final String PARAMETER = "token";
    private static final String BEARER = "Bearer ";

    private final Access access;

    Guard(Access access) {
        this.access = requireNonNull(access, "access is null");
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::check);
    }

    private void check(Context ctx) {
        bind(ctx);
        if (!access.acceptsHost(ctx.header("Host"))) {
            refuse(
                    ctx,
                    HttpStatus.MISDIRECTED_REQUEST,
                    "This dashboard answers to 127.0.0.1 and localhost alone: ask it by one of"
                            + " these names.");
            return;
        }
        if (!OPEN.contains(ctx.path()) && !hasToken(ctx)) {
            return;
        }
        if (ctx.method() != HandlerType.GET && ctx.method() != HandlerType.HEAD) {
            checkChange(ctx);
        }
    }

    private static void checkChange(Context ctx) {
        if (Access.isOwnOrigin(ctx.header("Origin"), ctx.header("Host")) || isProgram(ctx)) {
            return;
        }
        if (ctx.header("Origin") == null && ctx.path().startsWith("/api/")) {
            refuse(
                    ctx,
                    HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    "Say what this is: send the spec with Content-Type: application/yaml.");
        } else {
            refuse(
                    ctx,
                    HttpStatus.FORBIDDEN,
                    "Changes are taken from this dashboard's own pages alone.");
        }
    }

    /**
     * Whether this is no browser: those say with every change which page asks for it, and send what
     * is no form to others only where these agree, which the API never does.
     */
    private static boolean isProgram(Context ctx) {
        return ctx.header("Origin") == null
                && ctx.path().startsWith("/api/")
                && SPECS.contains(mediaType(ctx));
    }

    /** Without parameters, such as charset. */
    private static String mediaType(Context ctx) {
        var type = ctx.header("Content-Type");
        return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static void bind(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("X-Frame-Options", "DENY");
        // Not no-referrer: with it, browsers send forms with an Origin that says nothing.
        ctx.header("Referrer-Policy", "same-origin");
        ctx.header("Cross-Origin-Opener-Policy", "same-origin");
        ctx.header("Cross-Origin-Resource-Policy", "same-origin");
        ctx.header("Cache-Control", "no-store");
    }

    /** A token in the address becomes a cookie, and leaves the address. */
    private boolean hasToken(Context ctx) {
        if (access.token().isEmpty()) {
            return true;
        }
        var cookie = "retcon-" + ctx.port();
        var inAddress = ctx.queryParam(PARAMETER);
        if (inAddress != null && access.acceptsToken(inAddress)) {
            var made = new Cookie(cookie, inAddress);
            made.setHttpOnly(true);
            made.setSameSite(SameSite.STRICT);
            ctx.cookie(made);
            ctx.redirect("/" + ctx.path().replaceFirst("^/+", ""), HttpStatus.SEE_OTHER);
            ctx.skipRemainingHandlers();
            return false;
        }
        var header = ctx.header("Authorization");
        var bearer =
                header != null && header.startsWith(BEARER)
                        ? header.substring(BEARER.length())
                        : null;
        if (access.acceptsToken(ctx.cookie(cookie)) || access.acceptsToken(bearer)) {
            return true;
        }
        refuse(
                ctx,
                HttpStatus.UNAUTHORIZED,
                "This dashboard needs its token: open the address with ?token=… that was printed"
                        + " when it started.");
        return false;
    }

    private static void refuse(Context ctx, HttpStatus status, String sentence) {
        ctx.status(status).contentType("text/plain; charset=utf-8").result(sentence + "\n");
        ctx.skipRemainingHandlers();
    }
}
