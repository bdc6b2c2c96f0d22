package io.retcon.deploy.intervention;

import static java.util.Objects.requireNonNull;

import io.retcon.schemas.RefusedInput;
import io.retcon.streams.validation.SpecReader;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A file that says which documents matter for which items: lines {@code item TAB document}. What
 * follows a second tab is not read, so that it can be what {@code match} prints.
 */
record GivenMatches(Path file) {
    GivenMatches {
        requireNonNull(file, "file is null");
    }

    /**
     * Items and their documents, both in order.
     *
     * @throws RefusedInput naming the file, and the first line that is none of that kind
     */
    Map<String, List<String>> read() {
        var documents = new TreeMap<String, TreeSet<String>>();
        int number = 0;
        for (var line : lines()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            var fields = line.split("\t", 3);
            if (fields.length < 2 || fields[0].isBlank() || fields[1].isBlank()) {
                throw new RefusedInput(
                        "%s line %d: not an item, a tab and a document: write 'item TAB document'"
                                .formatted(file, number));
            }
            documents.computeIfAbsent(fields[0], _ -> new TreeSet<>()).add(fields[1]);
        }
        if (documents.isEmpty()) {
            throw new RefusedInput(
                    "%s holds no line 'item TAB document': give some".formatted(file));
        }
        var ids = new TreeMap<String, List<String>>();
        documents.forEach((item, all) -> ids.put(item, List.copyOf(all)));
        return ids;
    }

    private List<String> lines() {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(SpecReader.MOST_CHARACTERS + 1);
            if (bytes.length > SpecReader.MOST_CHARACTERS) {
                throw new RefusedInput(
                        "%s has more than the %,d bytes that become a part of a spec: name fewer documents"
                                .formatted(file, SpecReader.MOST_CHARACTERS));
            }
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.toString().lines().toList();
        } catch (CharacterCodingException e) {
            throw new RefusedInput("%s is not UTF-8 text".formatted(file), e);
        } catch (IOException e) {
            throw new RefusedInput("%s cannot be read: check the path".formatted(file), e);
        }
    }
}
