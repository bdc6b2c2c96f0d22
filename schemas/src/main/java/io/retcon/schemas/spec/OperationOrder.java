package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.record.OperateSpec;

import java.util.List;
import java.util.Set;

/** Which operations can follow which. */
final class OperationOrder {
    /** Those that choose what stands in a document's place: a spec has one of them at most. */
    private static final Set<String> CHOOSING = Set.of("swap", "drop", "reorder", "external");

    private OperationOrder() {}

    /**
     * @throws RefusedInput naming the first operation that cannot come where it stands
     */
    static void check(LocatedYaml text, List<OperateSpec> operations) {
        boolean chosen = false;
        boolean dropped = false;
        boolean asked = false;
        boolean changed = false;
        for (int i = 0; i < operations.size(); i++) {
            var operation = operations.get(i).getOperation();
            var pointer = operations.size() == 1 ? "/operate" : "/operate/" + i;
            boolean chooses = CHOOSING.contains(operation);
            if (operations.size() > 1 && operations.get(i).getChoose().equals("matching")) {
                throw refused(text, pointer, "a swap of matching donors stands alone");
            }
            if (chooses && chosen) {
                throw refused(
                        text,
                        pointer,
                        operation
                                + " follows another of swap, drop, reorder and external: keep one");
            }
            if (chooses && changed) {
                throw refused(
                        text,
                        pointer,
                        operation + " would undo the operations before it: put it first");
            }
            if (asked && !operation.equals("mask") && !operation.equals("insert")) {
                throw refused(
                        text,
                        pointer,
                        operation + " cannot know what external answers: put it before");
            }
            if (dropped && !operation.equals("insert")) {
                throw refused(
                        text, pointer, operation + " finds nothing after drop: put it before");
            }
            chosen |= chooses;
            asked |= operation.equals("external");
            dropped |= operation.equals("drop");
            changed |= operation.equals("substitute") || operation.equals("mask");
        }
    }

    private static RefusedInput refused(LocatedYaml text, String pointer, String why) {
        return new RefusedInput("%s: %s".formatted(text.place(pointer), why));
    }
}
