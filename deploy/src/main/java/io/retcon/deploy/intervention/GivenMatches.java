package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.format.TextStream;
import io.retcon.schemas.format.TsvField;
import io.retcon.schemas.item.ItemName;
import io.retcon.schemas.spec.SpecReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file that says which documents matter for which items: lines {@code item TAB document}, the
 * item as {@link ItemName} writes it, the document as {@link TsvField} does. What follows a second
 * tab is not read, so that it can be what {@code match} prints.
 */
record GivenMatches(Path file) {
    private static final String HEADING = "ITEM\tDOCUMENT";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    GivenMatches {
        requireNonNull(file, "file is null");
    }

    /**
     * Items by name and their documents by identifier, both in order.
     *
     * @throws RefusedInput naming the file, and the first line that is none of that kind
     */
    Map<String, List<String>> read() {
        var documents = new TreeMap<String, TreeSet<String>>();
        int number = 0;
        for (var line : lines()) {
            number++;
            if (line.isBlank() && line.indexOf('\t') < 0) {
                continue;
            }
            try {
                add(line, documents);
            } catch (RefusedInput e) {
                throw new RefusedInput("%s line %d: %s".formatted(file, number, e.getMessage()), e);
            }
        }
        if (documents.isEmpty()) {
            throw new RefusedInput(
                    "%s holds no line 'item TAB document': give some".formatted(file));
        }
        var ids = new TreeMap<String, List<String>>();
        documents.forEach((item, all) -> ids.put(item, List.copyOf(all)));
        return ids;
    }

    private static void add(String line, Map<String, TreeSet<String>> documents) {
        if (line.startsWith(HEADING)) {
            throw new RefusedInput("a heading: leave it out, as match --output tsv does");
        }
        var fields = line.split("\t", 3);
        if (fields.length < 2 || fields[0].isEmpty() || fields[1].isEmpty()) {
            throw new RefusedInput("not an item, a tab and a document: write 'item TAB document'");
        }
        documents
                .computeIfAbsent(ItemName.parse(fields[0]).written(), _ -> new TreeSet<>())
                .add(TsvField.unescape(fields[1]));
    }

    private List<String> lines() {
        try (var in = TextStream.open(file, "lines 'item TAB document'")) {
            var bytes = in.readNBytes(SpecReader.MOST_CHARACTERS + 1);
            if (bytes.length > SpecReader.MOST_CHARACTERS) {
                throw new RefusedInput(
                        "%s has more than the %,d bytes that become a part of a spec: name fewer documents"
                                .formatted(file, SpecReader.MOST_CHARACTERS));
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString()
                    .lines()
                    .map(line -> line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line)
                    .toList();
        } catch (CharacterCodingException e) {
            throw new RefusedInput("%s is not UTF-8 text: save it as UTF-8".formatted(file), e);
        } catch (IOException e) {
            throw TextStream.damaged(file, e);
        }
    }
}
