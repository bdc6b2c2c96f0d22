package io.retcon.deploy.report;

import static io.retcon.deploy.report.Element.tag;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A self-contained HTML page in the reports' style: nothing is loaded from anywhere. */
public record Page(String title, Element main) {
    public Page {
        requireNonNull(title, "title is null");
        requireNonNull(main, "main is null");
    }

    /** UTF-8 text. */
    public String html() {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        %s
        <style>
        %s</style>
        </head>
        <body>
        %s
        </body>
        </html>
        """
                .formatted(tag("title", title), style(), main);
    }

    private static String style() {
        try (var in =
                Objects.requireNonNull(
                        Page.class.getResourceAsStream("report.css"), "report.css is missing")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
