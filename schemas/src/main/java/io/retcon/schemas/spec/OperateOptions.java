package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.InsertedDocument;
import io.retcon.schemas.record.OperateSpec;
import io.retcon.schemas.record.Place;
import io.retcon.schemas.record.StepRange;
import io.retcon.schemas.record.Substitution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The 'operate' part of a spec: each operation takes its own options, and no others. */
final class OperateOptions {
    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    "swap", List.of("donors", "choose", "pair", "shortage"),
                    "drop", List.of("donors", "shortage"),
                    "mask", List.of(),
                    "substitute", List.of("strings", "counterfactual", "objects", "lengths"),
                    "insert", List.of("documents", "file", "topic", "places"),
                    "duplicate", List.of("times", "at"),
                    "reorder", List.of(),
                    "external", List.of("timeoutSeconds", "lengths"));

    private OperateOptions() {}

    /**
     * @throws RefusedInput if an operation does not take an option or needs one that is not there,
     *     or operations do not go together
     */
    static List<OperateSpec> read(LocatedYaml text, SpecDocuments named) {
        var operations = new ArrayList<OperateSpec>();
        parts(text).forEach((pointer, part) -> operations.add(read(text, pointer, part, named)));
        OperationOrder.check(text, operations);
        return operations;
    }

    /** The donors' window that the spec names, or the next one where an operation takes donors. */
    static Optional<StepRange> donors(LocatedYaml text) {
        StepRange found = null;
        for (var part : parts(text).entrySet()) {
            if (OPTIONS.get(operation(part.getValue())).contains("donors")) {
                checkDonors(text, part.getKey(), part.getValue().path("donors"));
                var donors = donors(text, part.getValue());
                if (found != null && !found.equals(donors)) {
                    throw new RefusedInput(
                            "%s: donors come from another window than those of an earlier operation: take one window"
                                    .formatted(text.place(part.getKey())));
                }
                found = donors;
            }
        }
        return Optional.ofNullable(found);
    }

    /** What the canonical form says of them, in order: what each operation takes. */
    static List<Map<String, Object>> canonical(List<OperateSpec> operations) {
        return operations.stream().map(OperateOptions::canonical).toList();
    }

    /** By JSON pointer: one operation stands alone, several in a list. */
    private static Map<String, JsonNode> parts(LocatedYaml text) {
        var operate = text.tree().path("operate");
        var parts = new LinkedHashMap<String, JsonNode>();
        if (operate.isObject()) {
            parts.put("/operate", operate);
        }
        for (int i = 0; operate.isArray() && i < operate.size(); i++) {
            parts.put("/operate/" + i, operate.get(i));
        }
        return parts;
    }

    /** Operations that take donors, by JSON pointer. */
    static List<String> takingDonors(LocatedYaml text) {
        return parts(text).entrySet().stream()
                .filter(
                        part ->
                                OPTIONS.getOrDefault(operation(part.getValue()), List.of())
                                        .contains("donors"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String operation(JsonNode part) {
        return part.path("operation").textValue();
    }

    private static OperateSpec read(
            LocatedYaml text, String pointer, JsonNode part, SpecDocuments named) {
        var operation = operation(part);
        check(text, pointer, part, operation);
        var spec = OperateSpec.newBuilder().setOperation(operation);
        if (OPTIONS.get(operation).contains("donors")) {
            spec.setDonors(donors(text, part));
            spec.setExclude(part.path("donors").path("exclude").asText("benchmark"));
        }
        for (var option : part.properties()) {
            var value = option.getValue();
            switch (option.getKey()) {
                case "choose" -> spec.setChoose(value.textValue());
                case "pair" -> spec.setPair(value.textValue());
                case "shortage" -> spec.setShortage(value.textValue());
                case "strings" ->
                        spec.setStrings(
                                SpecReader.list(value, OperateOptions::substitution, List.of()));
                case "counterfactual" -> spec.setCounterfactual(value.textValue());
                case "objects" -> spec.setObjects(objects(value));
                case "lengths" -> spec.setLengths(value.textValue());
                case "documents" ->
                        spec.setDocuments(
                                SpecReader.list(value, OperateOptions::document, List.of()));
                case "file", "topic" -> spec.setDocuments(documents(text, pointer, option, named));
                case "places" ->
                        spec.setPlaces(SpecReader.list(value, OperateOptions::place, List.of()));
                case "times" -> spec.setTimes(value.intValue());
                case "at" -> spec.setAt(value.textValue());
                case "timeoutSeconds" -> spec.setTimeoutSeconds(value.intValue());
                default -> {} // The operation itself, and donors.
            }
        }
        checkPlaces(text, pointer, spec);
        return spec.build();
    }

    private static List<InsertedDocument> documents(
            LocatedYaml text,
            String pointer,
            Map.Entry<String, JsonNode> option,
            SpecDocuments named) {
        var name = option.getValue().textValue();
        try {
            return option.getKey().equals("file") ? named.ofFile(name) : named.ofTopic(name);
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "%s: %s".formatted(text.place(pointer + "/" + option.getKey()), e.getMessage()),
                    e);
        }
    }

    private static void checkPlaces(LocatedYaml text, String pointer, OperateSpec.Builder spec) {
        int places = spec.getPlaces() == null ? 0 : spec.getPlaces().size();
        if (places > 0 && places != spec.getDocuments().size()) {
            throw new RefusedInput(
                    "%s: %d places for %d documents: give a place for each"
                            .formatted(
                                    text.place(pointer + "/places"),
                                    places,
                                    spec.getDocuments().size()));
        }
    }

    private static void check(LocatedYaml text, String pointer, JsonNode part, String operation) {
        var taken = OPTIONS.get(operation);
        for (var option : part.properties()) {
            var name = option.getKey();
            if (!name.equals("operation") && !taken.contains(name)) {
                throw new RefusedInput(
                        "%s: operation %s takes no '%s': leave it out%s"
                                .formatted(
                                        text.place(pointer + "/" + name),
                                        operation,
                                        name,
                                        taken.isEmpty()
                                                ? ""
                                                : " (it takes " + String.join(", ", taken) + ")"));
            }
        }
        boolean byScore = part.path("pair").asText().equals("score");
        var matcher = text.tree().path("match").path("matcher").asText();
        if (byScore && !matcher.equals("bm25")) {
            throw new RefusedInput(
                    "%s: pairing by score needs matcher bm25, not %s: pair by length"
                            .formatted(text.place(pointer + "/pair"), matcher));
        }
        if (operation.equals("substitute")
                && !part.has("strings")
                && !part.has("counterfactual")
                && !part.has("objects")) {
            throw new RefusedInput(
                    "%s: operation substitute needs 'strings', 'counterfactual' or 'objects': add one"
                            .formatted(text.place(pointer + "/operation")));
        }
        long sources = Stream.of("documents", "file", "topic").filter(part::has).count();
        if (operation.equals("insert") && sources != 1) {
            throw new RefusedInput(
                    "%s: operation insert needs 'documents', 'file' or 'topic': give one of them"
                            .formatted(text.place(pointer + "/operation")));
        }
    }

    /** A window has two ends, and which documents of it are donors can be said without them. */
    private static void checkDonors(LocatedYaml text, String pointer, JsonNode donors) {
        if (donors.has("from") != donors.has("to")) {
            var lacks = donors.has("from") ? "to" : "from";
            throw new RefusedInput(
                    "%s: the donors' window lacks '%s': add it, or leave both out for the next window"
                            .formatted(text.place(pointer + "/donors"), lacks));
        }
    }

    /** By default the window of the same length that follows. */
    private static StepRange donors(LocatedYaml text, JsonNode part) {
        var window = SpecReader.range(text.tree().path("window"));
        return part.path("donors").has("from")
                ? SpecReader.range(part.path("donors"))
                : new StepRange(window.getTo(), 2 * window.getTo() - window.getFrom());
    }

    private static Substitution substitution(JsonNode node) {
        return new Substitution(node.path("find").textValue(), node.path("by").textValue());
    }

    private static Map<String, String> objects(JsonNode node) {
        var objects = new TreeMap<String, String>();
        node.properties().forEach(one -> objects.put(one.getKey(), one.getValue().textValue()));
        return objects;
    }

    private static InsertedDocument document(JsonNode node) {
        return new InsertedDocument(node.path("id").textValue(), node.path("text").textValue());
    }

    private static Place place(JsonNode node) {
        return new Place(
                node.path("step").longValue(),
                node.path("sequence").intValue(),
                node.path("start").intValue());
    }

    private static Map<String, Object> canonical(OperateSpec spec) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("operation", spec.getOperation());
        for (var option : OPTIONS.getOrDefault(spec.getOperation(), List.of())) {
            switch (option) {
                case "donors" ->
                        spec.getDonors().ifPresent(d -> fields.put(option, donors(spec, d)));
                case "choose" -> fields.put(option, spec.getChoose());
                case "pair" -> fields.put(option, spec.getPair());
                case "shortage" -> fields.put(option, spec.getShortage());
                case "strings" -> putUnlessEmpty(fields, option, strings(spec));
                case "counterfactual" ->
                        spec.getCounterfactual().ifPresent(c -> fields.put(option, c));
                case "objects" -> {
                    if (!spec.getObjects().isEmpty()) {
                        fields.put(option, new TreeMap<>(spec.getObjects()));
                    }
                }
                case "lengths" -> fields.put(option, spec.getLengths());
                case "documents" -> putUnlessEmpty(fields, option, documents(spec));
                case "file", "topic" -> {} // Their documents are written out.
                case "places" -> putUnlessEmpty(fields, option, places(spec));
                case "times" -> fields.put(option, spec.getTimes());
                case "at" -> fields.put(option, spec.getAt());
                case "timeoutSeconds" -> fields.put(option, spec.getTimeoutSeconds());
                default -> throw new IllegalStateException(option);
            }
        }
        return fields;
    }

    private static Map<String, Object> donors(OperateSpec spec, StepRange window) {
        var donors = SpecText.range(window);
        donors.put("exclude", spec.getExclude());
        return donors;
    }

    private static void putUnlessEmpty(Map<String, Object> fields, String name, List<?> list) {
        if (!list.isEmpty()) {
            fields.put(name, list);
        }
    }

    private static List<?> strings(OperateSpec spec) {
        return spec.getStrings().stream()
                .map(one -> ordered("find", one.getFind().orElseThrow(), "by", one.getBy()))
                .toList();
    }

    private static List<?> documents(OperateSpec spec) {
        return spec.getDocuments().stream()
                .map(one -> ordered("id", one.getId(), "text", one.getText()))
                .toList();
    }

    private static List<?> places(OperateSpec spec) {
        return spec.getPlaces().stream()
                .map(
                        one -> {
                            var fields =
                                    ordered("step", one.getStep(), "sequence", one.getSequence());
                            fields.put("start", one.getStart());
                            return fields;
                        })
                .toList();
    }

    private static Map<String, Object> ordered(
            String name, Object value, String other, Object otherValue) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put(name, value);
        fields.put(other, otherValue);
        return fields;
    }
}
