package io.retcon.schemas.spec;

import com.fasterxml.jackson.databind.JsonNode;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.StepRange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The 'operate' part of a spec: one operation, or a list of them. */
final class Operations {
    private Operations() {}

    /**
     * @param window that is rewritten
     * @throws RefusedInput if an operation does not take an option or needs one that is not there,
     *     or operations do not go together
     */
    static List<OperationSpec> read(LocatedYaml text, SpecDocuments named, StepRange window) {
        var operations = new ArrayList<OperationSpec>();
        parts(text)
                .forEach(
                        (pointer, part) -> {
                            var operation =
                                    SpecBinding.bind(
                                            text,
                                            pointer,
                                            part,
                                            OperationSpec.NAME,
                                            OperationSpec.class,
                                            one -> completed(one, named, window));
                            checkDonors(text, pointer, operation, operations);
                            operations.add(operation);
                        });
        OperationOrder.check(text, operations);
        return operations;
    }

    private static OperationSpec completed(
            OperationSpec operation, SpecDocuments named, StepRange window) {
        return switch (operation) {
            case TakingDonors taking -> taking.with(taking.donors().after(window));
            case InsertSpec insert -> insert.with(named);
            default -> operation;
        };
    }

    private static void checkDonors(
            LocatedYaml text, String pointer, OperationSpec operation, List<OperationSpec> before) {
        if (operation instanceof TakingDonors taking
                && before.stream()
                        .filter(TakingDonors.class::isInstance)
                        .anyMatch(
                                other ->
                                        !((TakingDonors) other)
                                                .donors()
                                                .range()
                                                .equals(taking.donors().range()))) {
            throw new RefusedInput(
                    "%s: donors come from another window than those of an earlier operation: take one window"
                            .formatted(text.place(pointer)));
        }
    }

    /** Where the operation of that number stands. */
    static String pointer(LocatedYaml text, int number) {
        return text.tree().path("operate").isArray() ? "/operate/" + number : "/operate";
    }

    /** Operations that take donors, by JSON pointer. */
    static List<String> takingDonors(LocatedYaml text) {
        return parts(text).entrySet().stream()
                .filter(
                        part ->
                                SpecBinding.isKind(
                                        OperationSpec.class,
                                        part.getValue().path(OperationSpec.NAME).asText(),
                                        TakingDonors.class))
                .map(Map.Entry::getKey)
                .toList();
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
}
