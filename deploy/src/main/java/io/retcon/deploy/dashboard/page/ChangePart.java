package io.retcon.deploy.dashboard.page;

import static io.retcon.deploy.report.Element.tag;

import io.retcon.deploy.dashboard.drill.MarkedText;
import io.retcon.deploy.dashboard.drill.SequenceTexts;
import io.retcon.deploy.dashboard.drill.TextDifference;
import io.retcon.deploy.report.Element;
import io.retcon.deploy.report.Figures;
import io.retcon.schemas.record.HistorySequence;
import io.retcon.schemas.record.Replacement;
import io.retcon.schemas.record.Rewrite;
import io.retcon.schemas.record.Truncation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A document as history has it, and what an arm put in its place. */
record ChangePart(SequenceTexts texts, String intervention, String arm, List<Pattern> lookedFor) {

    /** The document that starts there; a sentence where there is none. */
    Element of(long step, int sequence, int start) {
        var before = texts.before(step, sequence);
        var span =
                before.flatMap(
                        s ->
                                s.getDocuments().stream()
                                        .filter(d -> d.getStart() == start)
                                        .findFirst());
        if (before.isEmpty() || span.isEmpty()) {
            return tag("p", "The history has no document there.").with("class", "note");
        }
        var was = before.get();
        var box =
                tag("div")
                        .add(
                                MarkedText.of(
                                        texts.text(
                                                was.getTokens(),
                                                was.getWidth(),
                                                start,
                                                span.get().getLength()),
                                        lookedFor));
        var after = texts.after(intervention, arm, step, sequence);
        return after.map(is -> rewritten(box, was, is, start))
                .orElseGet(
                        () ->
                                box.add(
                                        tag(
                                                        "p",
                                                        "The %s arm left its sequence as it was, or has not come to it yet."
                                                                .formatted(arm))
                                                .with("class", "note")));
    }

    private Element rewritten(Element box, HistorySequence was, Rewrite is, int start) {
        var change =
                is.getLineage().stream()
                        .filter(r -> r.getDocument().getStart() == start)
                        .findFirst();
        box.add(tag("p", sentence(change)).with("class", "change"));
        change.filter(r -> r.getLength() > 0)
                .ifPresent(
                        r ->
                                box.add(
                                        MarkedText.of(
                                                texts.text(
                                                        is.getTokens(),
                                                        is.getWidth(),
                                                        r.getStart(),
                                                        r.getLength()),
                                                List.of())));
        int cut = is.getTruncated().stream().mapToInt(Truncation::getTokens).sum();
        return box.add(
                tag("details")
                        .add(
                                tag(
                                        "summary",
                                        "The whole sequence as the %s arm has it%s"
                                                .formatted(
                                                        arm,
                                                        cut == 0
                                                                ? ""
                                                                : ", %s cut from its end"
                                                                        .formatted(
                                                                                Figures.count(
                                                                                        cut,
                                                                                        "token")))))
                        .add(
                                TextDifference.of(
                                        texts.text(was.getTokens(), was.getWidth()),
                                        texts.text(is.getTokens(), is.getWidth()))));
    }

    private String sentence(Optional<Replacement> change) {
        if (change.isEmpty()) {
            return "The %s arm changed its sequence elsewhere.".formatted(arm);
        }
        var made = change.get();
        var what = made.getOperation().name().toLowerCase(Locale.ROOT);
        var donor =
                made.getDonor()
                        .map(
                                d ->
                                        ", %s of step %d, sequence %d stands there"
                                                .formatted(d.getId(), d.getStep(), d.getSequence()))
                        .orElse("");
        var substitutions = made.getSubstitutions().size();
        return "In the %s arm (%s)%s%s%s"
                .formatted(
                        arm,
                        what,
                        donor,
                        substitutions == 0
                                ? ""
                                : ", " + Figures.count(substitutions, "string") + " replaced",
                        made.getMasked() ? ", the loss ignores it" : "");
    }
}
