package io.retcon.schemas.spec;

import io.retcon.schemas.RefusedInput;

import java.util.List;

/** Which operations can follow which. */
final class OperationOrder {
    private OperationOrder() {}

    /**
     * @throws RefusedInput naming the first operation that cannot come where it stands
     */
    static void check(LocatedYaml text, List<OperationSpec> operations) {
        boolean chosen = false;
        boolean dropped = false;
        boolean asked = false;
        boolean changed = false;
        for (int i = 0; i < operations.size(); i++) {
            var operation = operations.get(i);
            var name = operation.operation();
            var pointer = Operations.pointer(text, i);
            boolean chooses = operation.chooses();
            if (operations.size() > 1 && operation instanceof SwapSpec swap && swap.promotes()) {
                throw refused(text, pointer, "a swap of matching donors stands alone");
            }
            if (chooses && chosen) {
                throw refused(
                        text,
                        pointer,
                        name + " follows another of swap, drop, reorder and external: keep one");
            }
            if (chooses && changed) {
                throw refused(
                        text, pointer, name + " would undo the operations before it: put it first");
            }
            if (asked && !(operation instanceof MaskSpec) && !(operation instanceof InsertSpec)) {
                throw refused(
                        text, pointer, name + " cannot know what external answers: put it before");
            }
            if (dropped && !(operation instanceof InsertSpec)) {
                throw refused(text, pointer, name + " finds nothing after drop: put it before");
            }
            chosen |= chooses;
            asked |= operation instanceof ExternalSpec;
            dropped |= operation instanceof DropSpec;
            changed |= operation instanceof SubstituteSpec || operation instanceof MaskSpec;
        }
    }

    private static RefusedInput refused(LocatedYaml text, String pointer, String why) {
        return new RefusedInput("%s: %s".formatted(text.place(pointer), why));
    }
}
