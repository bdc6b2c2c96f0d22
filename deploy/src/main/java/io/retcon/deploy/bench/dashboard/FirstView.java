package io.retcon.deploy.bench.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * A page with all that it needs, as somebody gets it who was never there before.
 *
 * @param text the page
 * @param bytes of the page and its files as they were sent, compressed
 * @param seconds until the last of them was there
 */
record FirstView(String text, long bytes, double seconds) {
    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(/[^\"]+\\.(?:css|js))\"");

    static FirstView of(URI page) {
        try (var client = HttpClient.newHttpClient()) {
            long start = System.nanoTime();
            var first = get(client, page);
            var text = unpacked(first);
            long bytes = first.length;
            for (var file : files(text)) {
                bytes += get(client, page.resolve(file)).length;
            }
            return new FirstView(text, bytes, (System.nanoTime() - start) / 1e9);
        } catch (IOException e) {
            throw new IllegalStateException("%s can't be had".formatted(page), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + page, e);
        }
    }

    private static byte[] get(HttpClient client, URI address)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).header("Accept-Encoding", "gzip").build();
        var response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(address, response.statusCode()));
        }
        return response.body();
    }

    /** Small answers may come as they are. */
    private static String unpacked(byte[] body) throws IOException {
        boolean packed = body.length > 1 && body[0] == 0x1f && body[1] == (byte) 0x8b;
        if (!packed) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> files(String page) {
        var files = new LinkedHashSet<String>();
        FILE.matcher(page).results().forEach(found -> files.add(found.group(1)));
        return files;
    }
}
