package io.retcon.deploy.dashboard.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import io.retcon.schemas.Sha256;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;

/**
 * The scripts and style sheets of the pages, from the class path. Their addresses carry a hash of
 * what they hold, so that browsers keep them until they change.
 */
public final class Assets {
    private static final String WEBJARS = "META-INF/resources/webjars/";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final int HASH = 12;

    private record Asset(String type, byte[] content, String hash) {}

    private final Map<String, Asset> byName = new LinkedHashMap<>();

    public Assets() {
        add("report.css", CSS, "io/retcon/deploy/report/report.css");
        add("dashboard.css", CSS, "io/retcon/deploy/dashboard/dashboard.css");
        add("dashboard.js", JAVASCRIPT, "io/retcon/deploy/dashboard/dashboard.js");
        add("htmx.js", JAVASCRIPT, webjar("htmx.org", "dist/htmx.min.js"));
        add("sse.js", JAVASCRIPT, webjar("htmx-ext-sse", "sse.js"));
    }

    void addTo(RoutesConfig routes) {
        routes.get("/assets/{hash}/{name}", this::serve);
    }

    /** Where a page finds it. */
    public String address(String name) {
        return "/assets/%s/%s".formatted(byName.get(name).hash(), name);
    }

    private void serve(Context ctx) {
        var asset = byName.get(ctx.pathParam("name"));
        if (asset == null || !asset.hash().equals(ctx.pathParam("hash"))) {
            throw new NotFoundResponse("there is no such file");
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.contentType(asset.type()).result(asset.content());
    }

    private void add(String name, String type, String resource) {
        var content = read(resource);
        var hash = Sha256.of(content).substring(0, HASH);
        byName.put(name, new Asset(type, content, hash));
    }

    /** Of the version that the build pinned, which the jar itself names. */
    private static String webjar(String artifact, String file) {
        var about = new Properties();
        try {
            about.load(
                    new java.io.StringReader(
                            new String(
                                    read(
                                            "META-INF/maven/org.webjars.npm/%s/pom.properties"
                                                    .formatted(artifact)),
                                    StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return WEBJARS + artifact + "/" + about.getProperty("version") + "/" + file;
    }

    private static byte[] read(String resource) {
        try (InputStream in = Assets.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
