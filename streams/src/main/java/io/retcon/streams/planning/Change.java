package io.retcon.streams.planning;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.Sha256;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.record.Substitution;
import io.retcon.schemas.topic.Keys;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is done in one place of an arm's window.
 *
 * @param operation the last one that chose what stands there, or that changed it
 * @param target the document it is done to; for an insertion a place, a document without tokens
 * @param order 0 for what is done to a document; from 1 on for what is put before it
 * @param content what stands there
 * @param substitutions strings replaced in it
 * @param lengths where that changes the number of tokens
 * @param masked whether the loss ignores it
 */
public record Change(
        Operation operation,
        Target target,
        int order,
        Content content,
        List<Substitution> substitutions,
        Lengths lengths,
        boolean masked) {
    private static final Content OWN = new Content.Own();

    public Change {
        requireNonNull(operation, "operation is null");
        requireNonNull(target, "target is null");
        requireNonNull(content, "content is null");
        requireNonNull(lengths, "lengths is null");
        substitutions = List.copyOf(substitutions);
        if (order < 0 || order > 0 && target.tokens() > 0) {
            throw new IllegalArgumentException("order %d at %s".formatted(order, target));
        }
    }

    /** No change yet. */
    static Change none(Target target) {
        return new Change(Operation.UNKNOWN, target, 0, OWN, List.of(), Lengths.SHIFT, false);
    }

    /** A document put before another one. */
    static Change insertion(Operation operation, Target place, int order, Change inserted) {
        return new Change(
                operation,
                place,
                order,
                inserted.content instanceof Content.Own
                        ? new Content.Copied(inserted.target.document())
                        : inserted.content,
                inserted.substitutions,
                inserted.lengths,
                inserted.masked);
    }

    Change with(Operation by, Content other) {
        return new Change(by, target, order, other, substitutions, lengths, masked);
    }

    Change asMasked() {
        var by = isNone() ? Operation.MASK : operation;
        return new Change(by, target, order, content, substitutions, lengths, true);
    }

    Change substituting(List<Substitution> more, Lengths reconciled) {
        var all = new ArrayList<>(substitutions);
        all.addAll(more);
        return new Change(Operation.SUBSTITUTE, target, order, content, all, reconciled, masked);
    }

    /** Whether everything stays as history has it. */
    boolean isNone() {
        return content instanceof Content.Own && substitutions.isEmpty() && !masked;
    }

    /** The document of the history whose tokens come here, where it is another one's. */
    public Optional<DocumentRef> donor() {
        return content instanceof Content.Copied(DocumentRef document)
                ? Optional.of(document)
                : Optional.empty();
    }

    /** Whether it is put before a document. */
    boolean isInsertion() {
        return order > 0;
    }

    /** Tokens that stand there before strings are replaced. */
    int length() {
        return switch (content) {
            case Content.Own(), Content.Answered _ -> target.tokens();
            case Content.Nothing() -> 0;
            case Content.Copied(DocumentRef document) -> document.getLength();
            case Content.Given given -> given.length();
        };
    }

    /** Tokens by which the sequence grows before strings are replaced. */
    int growth() {
        return length() - target.tokens() + (isInsertion() ? 1 : 0);
    }

    /** What identifies the change, one line. */
    String line() {
        var parts = new ArrayList<Object>();
        parts.add(Keys.place(target.document()));
        parts.add(target.tokens());
        parts.add(order);
        parts.add(operation);
        switch (content) {
            case Content.Own() -> parts.add("own");
            case Content.Answered answered -> parts.add(answered);
            case Content.Nothing() -> parts.add("nothing");
            case Content.Copied(DocumentRef document) -> {
                parts.add(Keys.place(document));
                parts.add(document.getLength());
            }
            case Content.Given given -> {
                parts.add(given.id());
                parts.add(new Sha256().update(given.tokens().duplicate()).hex());
            }
        }
        for (var substitution : substitutions) {
            parts.add(substitution.getFind().orElse(""));
            parts.add(substitution.getBy());
        }
        parts.add(lengths.label());
        parts.add(masked);
        return Keys.join(parts.toArray()) + "\n";
    }
}
