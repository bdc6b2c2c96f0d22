package io.retcon.streams.rewriting;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.FileKind;
import io.retcon.schemas.format.FirstBytes;
import io.retcon.schemas.record.DocumentRef;
import io.retcon.streams.planning.DocumentOrder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One row of a mapping made by hand: a document and the one that is to replace it. Documents have
 * no names here, so each is called by its place.
 *
 * @param row where it stands in the mapping, from 0
 */
record MappedSwap(int row, DocumentRef target, DocumentRef donor) {
    private static final int NUMBERS = 8;

    /** What the JSON parser judges. */
    private static final Set<FileKind> MAY_BE_ROWS =
            EnumSet.of(
                    FileKind.JSON_ARRAY,
                    FileKind.JSON,
                    FileKind.TEXT,
                    FileKind.EMPTY,
                    FileKind.UNKNOWN);

    private static final Comparator<MappedSwap> BY_TARGET =
            Comparator.comparing(MappedSwap::target, DocumentOrder.BY_PLACE);

    MappedSwap {
        requireNonNull(target, "target is null");
        requireNonNull(donor, "donor is null");
    }

    /**
     * Reads {@code [[step, sequence, first, last, donor's step, sequence, first, last], …]}, where
     * first and last tokens are both part of the document.
     *
     * @return the swaps by target, as training sees them
     */
    static List<MappedSwap> read(Path file) {
        var swaps = new ArrayList<MappedSwap>();
        for (var row : rows(file)) {
            swaps.add(swap(file, swaps.size(), row));
        }
        swaps.sort(BY_TARGET);
        for (int i = 1; i < swaps.size(); i++) {
            if (swaps.get(i).overlaps(swaps.get(i - 1))) {
                throw new RefusedInput(
                        "%s: rows %d and %d replace the same tokens: leave one of them out"
                                .formatted(file, swaps.get(i - 1).row, swaps.get(i).row));
            }
        }
        return swaps;
    }

    /** What documents without names are called: {@code step/sequence/first token}. */
    static String nameOf(long step, int sequence, int start) {
        return step + "/" + sequence + "/" + start;
    }

    private static JsonNode rows(Path file) {
        var kind = FirstBytes.of(file).kind();
        if (!MAY_BE_ROWS.contains(kind)) {
            throw kind.refusal(file, "a JSON array of rows");
        }
        JsonNode rows;
        try {
            rows = new ObjectMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new RefusedInput(
                    "mapping %s cannot be read as JSON: give an array of rows of %d numbers"
                            .formatted(file, NUMBERS),
                    e);
        }
        if (!rows.isArray()) {
            throw new RefusedInput(
                    "mapping %s is no array: give an array of rows of %d numbers"
                            .formatted(file, NUMBERS));
        }
        return rows;
    }

    private static MappedSwap swap(Path file, int number, JsonNode row) {
        boolean numbers = row.isArray() && row.size() == NUMBERS;
        for (var value : row) {
            numbers &= value.isInt() && value.intValue() >= 0;
        }
        if (!numbers
                || row.get(3).intValue() < row.get(2).intValue()
                || row.get(7).intValue() < row.get(6).intValue()) {
            throw new RefusedInput(
                    "%s row %d is %s: give step, sequence, first and last token of the document, then the same of its donor"
                            .formatted(file, number, row));
        }
        return new MappedSwap(number, document(row, 0), document(row, NUMBERS / 2));
    }

    private static DocumentRef document(JsonNode row, int at) {
        int step = row.get(at).intValue();
        int sequence = row.get(at + 1).intValue();
        int first = row.get(at + 2).intValue();
        int last = row.get(at + 3).intValue();
        return new DocumentRef(
                nameOf(step, sequence, first), (long) step, sequence, first, last - first + 1);
    }

    private boolean overlaps(MappedSwap before) {
        return target.getStep() == before.target.getStep()
                && target.getSequence() == before.target.getSequence()
                && target.getStart() < before.target.getStart() + before.target.getLength();
    }
}
