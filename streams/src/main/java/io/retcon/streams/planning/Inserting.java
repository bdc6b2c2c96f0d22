package io.retcon.streams.planning;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.schemas.record.Operation;
import io.retcon.schemas.spec.Arm;
import io.retcon.schemas.spec.InsertSpec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * Documents of the spec are put before documents of the window: at given places, or where the seed
 * draws. A placebo gets copies of bystanders as long as these, at the same places; a dose gets the
 * first ones.
 */
record Inserting(List<InsertSpec.Text> documents, List<InsertSpec.Place> places, long seed)
        implements Operating {
    Inserting {
        documents = List.copyOf(documents);
        places = List.copyOf(places);
    }

    @Override
    public void apply(Draft draft, Materials materials) {
        var bystanders = materials.bystanders();
        var where = places(materials);
        long count = Math.round(draft.arm().share() * documents.size());
        for (int i = 0; i < count; i++) {
            var place = Target.before(where.get(i), List.of());
            var given = given(documents.get(i), materials);
            var inserted = Change.none(place).with(Operation.INSERT, given);
            if (draft.arm().kind() == Arm.Kind.PLACEBO) {
                var copied = bystanders.takeNearest(given.length());
                if (copied.isEmpty()) {
                    throw new RefusedInput(
                            "the placebo needs %d documents that match no selected item, but the window has %d: leave the placebo out of 'arms'"
                                    .formatted(
                                            documents.size(),
                                            materials.matched().bystanders().size()));
                }
                inserted = Change.none(new Target(copied.get(), List.of()));
            }
            draft.insert(Operation.INSERT, place, inserted);
        }
    }

    private static Content.Given given(InsertSpec.Text document, Materials materials) {
        Content.Given given;
        try {
            given = materials.given(document.id(), document.text());
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "document '%s' of 'insert': %s".formatted(document.id(), e.getMessage()), e);
        }
        if (given.length() == 0 || given.length() > materials.tokensPerSequence()) {
            throw new RefusedInput(
                    "document '%s' of 'insert' has %d tokens, a sequence has %d: give it in parts"
                            .formatted(
                                    document.id(), given.length(), materials.tokensPerSequence()));
        }
        return given;
    }

    private List<DocumentRef> places(Materials materials) {
        var found = new ArrayList<DocumentRef>();
        if (places.isEmpty()) {
            var drawn = new DrawnPlaces(materials.window(), seed);
            for (int i = 0; i < documents.size(); i++) {
                found.add(drawn.forDocument(i));
            }
            return found;
        }
        var starts = new HashMap<InsertSpec.Place, DocumentRef>();
        materials.window().forEach(document -> starts.put(place(document), document));
        for (var place : places) {
            var document = starts.get(place);
            if (document == null) {
                throw new RefusedInput(
                        "no document of the window starts at step %d, sequence %d, token %d: 'places' of 'insert' are starts of documents"
                                .formatted(place.step(), place.sequence(), place.start()));
            }
            found.add(document);
        }
        return found;
    }

    private static InsertSpec.Place place(DocumentRef document) {
        return new InsertSpec.Place(
                document.getStep(), document.getSequence(), document.getStart());
    }
}
