package io.retcon.deploy.demo;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * A sentence with a place for a person and one for a town, either of which it may lack.
 *
 * @param pattern words and full stops between single spaces, with {@code {S}} for the person and
 *     {@code {O}} for the town
 */
record Sentence(String pattern) {

    String about(String person, String town) {
        return pattern.replace("{S}", person).replace("{O}", town);
    }

    Stream<String> words() {
        return Arrays.stream(pattern.split(" "));
    }

    boolean namesPerson() {
        return pattern.contains("{S}");
    }

    /** Its words and the EOS token that ends the document. */
    int tokens() {
        return (int) words().count() + 1;
    }
}
