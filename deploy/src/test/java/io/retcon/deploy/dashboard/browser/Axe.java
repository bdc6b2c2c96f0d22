package io.retcon.deploy.dashboard.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Axe's judgement of a page: what keeps somebody from using it. */
final class Axe {
    private static final String SCRIPT = "/axe.min.js";

    /** Names them with the elements concerned, the worst kinds alone. */
    private static final String RUN =
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
                found => done(found.violations
                    .filter(v => v.impact === 'serious' || v.impact === 'critical')
                    .map(v => `${v.impact} ${v.id}: ${v.help}: `
                        + v.nodes.slice(0, 4).map(n => n.html.slice(0, 160) + ' ' + n.any.map(a => a.message).join('; ')).join(' | '))),
                error => done(['axe failed: ' + error]));
            """;

    private Axe() {}

    /** Serious and critical violations, one a line. */
    @SuppressWarnings("unchecked")
    static List<String> violations(Browser browser) {
        browser.script(script());
        return (List<String>) browser.asyncScript(RUN);
    }

    private static String script() {
        try (var in = Axe.class.getResourceAsStream(SCRIPT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
