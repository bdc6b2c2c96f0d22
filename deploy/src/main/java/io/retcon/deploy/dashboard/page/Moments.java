package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.report.Element;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Moments and spans of time as people read them. */
final class Moments {
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private Moments() {}

    /** In UTC; the page's script shows it as the viewer's clock has it. */
    static Element of(Instant moment) {
        return tag("time", TEXT.format(moment))
                .with("datetime", moment.truncatedTo(ChronoUnit.SECONDS));
    }

    /** 0:08, 12:30, 3:04:05. */
    static String clock(double seconds) {
        long all = Math.round(seconds);
        return all < 3_600
                ? "%d:%02d".formatted(all / 60, all % 60)
                : "%d:%02d:%02d".formatted(all / 3_600, all / 60 % 60, all % 60);
    }
}
