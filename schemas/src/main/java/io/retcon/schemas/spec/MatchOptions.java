package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.record.MatchSpec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The 'match' part of a spec: each matcher takes its own options, and no others. */
public final class MatchOptions {
    private static final int TOP_K = 100;

    private static final Map<String, List<String>> OPTIONS =
            Map.of(
                    "cooccurrence",
                    List.of("overlap", "boundary", "documents"),
                    "occurrence",
                    List.of("overlap", "boundary", "documents"),
                    "bm25",
                    List.of("query", "topK", "threshold", "k1", "b", "tokens", "documents"),
                    "dense",
                    List.of(
                            "query",
                            "topK",
                            "threshold",
                            "encoders",
                            "encodersSha256",
                            "search",
                            "documents"),
                    "given",
                    List.of("ids", "file", "documents"));

    private MatchOptions() {}

    /**
     * @throws RefusedInput if the matcher does not take an option, or needs one that is not there
     */
    static MatchSpec read(LocatedYaml text, SpecDocuments named) {
        var match = text.tree().path("match");
        var matcher = match.path("matcher").textValue();
        check(text, match, matcher);
        var spec = MatchSpec.newBuilder().setMatcher(matcher);
        for (var option : match.properties()) {
            var value = option.getValue();
            switch (option.getKey()) {
                case "overlap" -> spec.setOverlap(value.textValue());
                case "boundary" -> spec.setBoundary(value.textValue());
                case "query" -> spec.setQuery(value.textValue());
                case "topK" -> spec.setTopK(value.intValue());
                case "threshold" -> spec.setThreshold(value.doubleValue());
                case "k1" -> spec.setK1(value.doubleValue());
                case "b" -> spec.setB(value.doubleValue());
                case "tokens" -> spec.setTokens(value.textValue());
                case "encoders" -> spec.setEncoders(value.textValue());
                case "encodersSha256" -> spec.setEncodersSha256(value.textValue());
                case "search" -> spec.setSearch(value.textValue());
                case "documents" -> spec.setDocuments(value.intValue());
                case "ids" -> spec.setIds(ids(text, value));
                case "file" -> spec.setIds(ids(text, value.textValue(), named));
                default -> {} // The matcher itself: the schema lets nothing else through.
            }
        }
        if (OPTIONS.get(matcher).contains("topK")
                && !match.has("topK")
                && !match.has("threshold")) {
            spec.setTopK(TOP_K);
        }
        return spec.build();
    }

    /** What the canonical form says of it, in order: what the matcher takes, defaults included. */
    public static Map<String, Object> canonical(MatchSpec spec) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("matcher", spec.getMatcher());
        for (var option : OPTIONS.getOrDefault(spec.getMatcher(), List.of())) {
            switch (option) {
                case "overlap" -> fields.put(option, spec.getOverlap());
                case "boundary" -> fields.put(option, spec.getBoundary());
                case "query" -> fields.put(option, spec.getQuery());
                case "topK" -> spec.getTopK().ifPresent(k -> fields.put(option, k));
                case "threshold" -> spec.getThreshold().ifPresent(t -> fields.put(option, t));
                case "k1" -> fields.put(option, spec.getK1());
                case "b" -> fields.put(option, spec.getB());
                case "tokens" -> fields.put(option, spec.getTokens());
                case "encoders" -> spec.getEncoders().ifPresent(e -> fields.put(option, e));
                case "encodersSha256" ->
                        spec.getEncodersSha256().ifPresent(sha -> fields.put(option, sha));
                case "search" -> fields.put(option, spec.getSearch());
                case "documents" -> spec.getDocuments().ifPresent(n -> fields.put(option, n));
                case "ids" -> fields.put(option, new TreeMap<>(spec.getIds()));
                case "file" -> {} // Its lines are written out.
                default -> throw new IllegalStateException(option);
            }
        }
        return fields;
    }

    private static Map<String, List<String>> ids(LocatedYaml text, JsonNode value) {
        var ids = new TreeMap<String, List<String>>();
        value.properties()
                .forEach(
                        item ->
                                ids.put(
                                        name(text, item.getKey()),
                                        SpecReader.list(
                                                        item.getValue(),
                                                        JsonNode::textValue,
                                                        List.<String>of())
                                                .stream()
                                                .distinct()
                                                .sorted()
                                                .toList()));
        return ids;
    }

    private static String name(LocatedYaml text, String written) {
        try {
            return ItemName.parse(written).written();
        } catch (RefusedInput e) {
            throw new RefusedInput("%s: %s".formatted(text.place("/match/ids"), e.getMessage()), e);
        }
    }

    private static Map<String, List<String>> ids(
            LocatedYaml text, String file, SpecDocuments named) {
        try {
            return named.matchesOfFile(file);
        } catch (RefusedInput e) {
            throw new RefusedInput(
                    "%s: %s".formatted(text.place("/match/file"), e.getMessage()), e);
        }
    }

    private static void check(LocatedYaml text, JsonNode match, String matcher) {
        var taken = OPTIONS.get(matcher);
        for (var option : match.properties()) {
            var name = option.getKey();
            if (!name.equals("matcher") && !taken.contains(name)) {
                throw new RefusedInput(
                        "%s: matcher %s takes no '%s': leave it out (it takes %s)"
                                .formatted(
                                        text.place("/match/" + name),
                                        matcher,
                                        name,
                                        String.join(", ", taken)));
            }
        }
        if (matcher.equals("dense") && !match.has("encoders")) {
            throw new RefusedInput(
                    "%s: matcher dense needs 'encoders', the name of the encoders' folder: add it"
                            .formatted(text.place("/match/matcher")));
        }
        if (matcher.equals("given") && match.has("ids") == match.has("file")) {
            throw new RefusedInput(
                    "%s: matcher given needs 'ids' or 'file', which say the documents of each item: give one of them"
                            .formatted(text.place("/match/matcher")));
        }
    }
}
