package io.retcon.schemas.spec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

import io.retcon.schemas.Causes;
import io.retcon.schemas.RefusedInput;

import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parts of a spec's text as what they are, and back. */
final class SpecBinding {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new Jdk8Module()).build();

    private SpecBinding() {}

    /**
     * A part that the schema lets through.
     *
     * @param name the field that says which of the type's kinds it is
     * @param completed what is done with it where it stands, such as reading files that it names
     * @throws RefusedInput with line and column, if its kind does not take a field, needs one that
     *     is not there, or says what it must not
     */
    static <T> T bind(
            LocatedYaml text,
            String pointer,
            JsonNode part,
            String name,
            Class<T> type,
            UnaryOperator<T> completed) {
        checkFields(text, pointer, part, name, type);
        try {
            return completed.apply(MAPPER.treeToValue(part, type));
        } catch (FieldFault fault) {
            throw refused(text, pointer, fault);
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof FieldFault fault) {
                var at = path(e);
                throw refused(text, at.isEmpty() ? pointer : pointer + "/" + at, fault);
            }
            throw new IllegalStateException("the schema let it through: " + e.getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RefusedInput refused(LocatedYaml text, String pointer, FieldFault fault) {
        var at = fault.field().isEmpty() ? pointer : pointer + "/" + fault.field();
        return new RefusedInput("%s: %s".formatted(text.place(at), fault.getMessage()), fault);
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(
                        at ->
                                at.getFieldName() == null
                                        ? Integer.toString(at.getIndex())
                                        : at.getFieldName())
                .collect(Collectors.joining("/"));
    }

    private static void checkFields(
            LocatedYaml text, String pointer, JsonNode part, String name, Class<?> all) {
        var kind = kind(all, name, part.path(name).asText());
        var taken = fields(kind);
        for (var field : part.properties()) {
            var said = field.getKey();
            if (!said.equals(name) && !taken.contains(said)) {
                throw new RefusedInput(
                        "%s: %s %s takes no '%s': leave it out%s"
                                .formatted(
                                        text.place(pointer + "/" + said),
                                        name,
                                        kind.name(),
                                        said,
                                        taken.isEmpty()
                                                ? ""
                                                : " (it takes " + String.join(", ", taken) + ")"));
            }
        }
    }

    private static Type kind(Class<?> all, String field, String name) {
        return kinds(all)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new RefusedInput(
                                        "%s '%s' is unknown: say one of %s"
                                                .formatted(
                                                        field,
                                                        name,
                                                        kinds(all).map(Type::name).toList())));
    }

    private static List<String> fields(Type kind) {
        return Stream.of(kind.value().getRecordComponents()).map(RecordComponent::getName).toList();
    }

    /** What the canonical form says of a part, in order. */
    static Map<String, Object> fields(Object part) {
        return MAPPER.convertValue(part, new TypeReference<LinkedHashMap<String, Object>>() {});
    }

    /**
     * The kind of that name with those of the options that it takes; null stands for the default.
     *
     * @throws RefusedInput if no kind is called so, or the kind needs an option that is not there
     */
    static <T> T of(Class<T> all, String field, String name, Map<String, ?> options) {
        var fields = new HashMap<String, Object>(options);
        fields.keySet().retainAll(fields(kind(all, field, name)));
        fields.put(field, name);
        try {
            return MAPPER.convertValue(fields, all);
        } catch (IllegalArgumentException e) {
            throw Causes.of(e)
                    .filter(FieldFault.class::isInstance)
                    .findFirst()
                    .<RuntimeException>map(fault -> new RefusedInput(fault.getMessage(), e))
                    .orElse(e);
        }
    }

    private static Stream<Type> kinds(Class<?> all) {
        return Stream.of(all.getAnnotation(JsonSubTypes.class).value());
    }

    /** Whether what is called so in specs is one of {@code some} of the kinds. */
    static boolean isKind(Class<?> all, String name, Class<?> some) {
        return kinds(all)
                .anyMatch(kind -> kind.name().equals(name) && some.isAssignableFrom(kind.value()));
    }

    /**
     * What a kind is called in specs.
     *
     * @param all the kinds
     */
    static String name(Class<?> all, Object part) {
        return kinds(all)
                .filter(kind -> kind.value() == part.getClass())
                .map(Type::name)
                .findFirst()
                .orElseThrow();
    }
}
