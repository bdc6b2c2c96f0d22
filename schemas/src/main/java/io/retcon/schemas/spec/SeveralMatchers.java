package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.retcon.schemas.RefusedInput;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A spec whose 'match' lists matchers: an intervention for each of them, equal in all else and in
 * the number of documents, so that their effects say whose documents mattered.
 *
 * @param name the spec's
 * @param documents that each intervention changes, where its matcher finds as many
 * @param specs one a matcher, in the list's order
 */
public record SeveralMatchers(String name, int documents, List<InterventionSpec> specs) {
    private static final String MATCH = "match";
    private static final String DOCUMENTS = "documents";

    public SeveralMatchers {
        specs = List.copyOf(specs);
    }

    static boolean isIn(LocatedYaml text) {
        return text.tree().path(MATCH).isArray();
    }

    /** Where a spec of one matcher is read. */
    static void refuseIn(LocatedYaml text) {
        if (isIn(text)) {
            throw new RefusedInput(
                    "%s: 'match' lists several matchers and an intervention has one: publish the spec with ./retcon run, which makes an intervention of each, or keep one"
                            .formatted(text.place("/" + MATCH)));
        }
        if (text.tree().has(DOCUMENTS)) {
            throw new RefusedInput(
                    "%s: 'documents' stands beside a list of matchers only: put it into 'match'"
                            .formatted(text.place("/" + DOCUMENTS)));
        }
    }

    /**
     * @param text a spec with a list of matchers, as the schema has it
     */
    static SeveralMatchers read(LocatedYaml text, SpecReader reader) {
        var tree = text.tree();
        var match = tree.path(MATCH);
        if (StandingSpec.isIn(text)) {
            throw new RefusedInput(
                    "%s: a spec that stands has one matcher: keep one of the list"
                            .formatted(text.place("/" + MATCH)));
        }
        SpecNames.requireRoom(text, "/ and a matcher's name");
        int documents = documents(text);
        var names = names(tree.path("name").textValue(), match);
        var specs = new ArrayList<InterventionSpec>();
        for (int i = 0; i < match.size(); i++) {
            ObjectNode one = tree.deepCopy();
            ObjectNode matcher = match.get(i).deepCopy();
            one.put("name", names.get(i));
            one.remove(DOCUMENTS);
            one.set(MATCH, matcher.put(DOCUMENTS, documents));
            specs.add(reader.read(text.with(one, "/" + MATCH, "/" + MATCH + "/" + i)));
        }
        return new SeveralMatchers(tree.path("name").textValue(), documents, specs);
    }

    /** The one number that the spec gives, beside the list or in each of its entries. */
    private static int documents(LocatedYaml text) {
        var beside = text.tree().path(DOCUMENTS);
        var match = text.tree().path(MATCH);
        int documents = beside.asInt(0);
        for (int i = 0; i < match.size(); i++) {
            var place = "/%s/%d/%s".formatted(MATCH, i, DOCUMENTS);
            int own = match.get(i).path(DOCUMENTS).asInt(beside.asInt(0));
            if (own == 0) {
                throw new RefusedInput(
                        "%s: matchers are compared at equal numbers of documents: say how many with 'documents' beside 'match'"
                                .formatted(text.place(place)));
            }
            if (documents != 0 && own != documents) {
                throw new RefusedInput(
                        "%s: matchers are compared at equal numbers of documents, and this says %d where %d was said before: say one number"
                                .formatted(text.place(place), own, documents));
            }
            documents = own;
        }
        return documents;
    }

    /** NAME/MATCHER, with a number where a matcher comes more than once. */
    private static List<String> names(String name, JsonNode match) {
        var all = new ArrayList<String>();
        match.forEach(entry -> all.add(entry.path("matcher").textValue()));
        var seen = new HashMap<String, Integer>();
        var names = new ArrayList<String>();
        for (var matcher : all) {
            int number = seen.merge(matcher, 1, Integer::sum);
            boolean alone = all.indexOf(matcher) == all.lastIndexOf(matcher);
            names.add(name + "/" + matcher + (alone ? "" : "-" + number));
        }
        return names;
    }
}
