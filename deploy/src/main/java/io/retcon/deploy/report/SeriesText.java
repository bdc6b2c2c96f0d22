package io.retcon.deploy.report;

import io.retcon.schemas.record.Effects;
import io.retcon.schemas.record.Entry;
import io.retcon.streams.effects.EstimatedEffect;

import java.util.Locale;
import java.util.Optional;

/** What the control over a series of interventions decides of one of them, in a sentence. */
public final class SeriesText {
    private SeriesText() {}

    /** Nothing where the intervention is one by itself, or its primary estimate has no p. */
    public static Optional<String> of(Effects effects) {
        return effects.getEffects().stream()
                .filter(effect -> new EstimatedEffect(effect).isPrimary())
                .findFirst()
                .flatMap(
                        primary ->
                                primary.getEntry().map(entry -> sentence(entry, primary.getP())));
    }

    private static String sentence(Entry entry, double p) {
        return "Number %d of ‘%s’, %s: its primary estimate is tested at %s and is %s discovery (p %s)."
                .formatted(
                        entry.getPlace(),
                        entry.getSeries(),
                        promise(entry.getMethod()),
                        level(entry.getTestedAt()),
                        entry.getDiscovery() ? "a" : "no",
                        Figures.p(p));
    }

    private static String promise(String method) {
        return switch (method) {
            case "lord++" -> "of whose discoveries at most 5 % are false over all checkpoints";
            case "holm" -> "in which any discovery is false with at most 5 %, over all matchers";
            default -> "of whose discoveries at most 5 % are false over all matchers";
        };
    }

    private static String level(double testedAt) {
        return String.format(Locale.ROOT, "%.2f %%", testedAt * 100);
    }
}
