package io.retcon.schemas.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeveralMatchersTest {
    private static final String SPEC =
            """
            name: whose
            run: r
            select:    { benchmark: b, rule: all }
            window:    { from: 1, to: 2 }
            match:
              - { matcher: bm25, topK: 9 }
              - { matcher: cooccurrence }
              - { matcher: bm25, query: question }
            documents: 40
            operate:   { operation: mask }
            """;

    private final SpecReader reader = new SpecReader();

    @Test
    void eachMatcherIsAnInterventionOfItsOwn() {
        // When
        var several = reader.readSeveral(SPEC).orElseThrow();
        // Then
        assertThat(several.specs())
                .extracting(InterventionSpec::name)
                .containsExactly("whose/bm25-1", "whose/cooccurrence", "whose/bm25-2");
        assertThat(several.specs())
                .allSatisfy(spec -> assertThat(spec.match().documents()).contains(40));
        var alone =
                SPEC.replaceAll("(?s)match:.*documents: 40\n", "")
                        .replace("name: whose", "name: whose/bm25-1")
                        .concat("match: { documents: 40, topK: 9, matcher: bm25 }\n");
        assertThat(several.specs().getFirst()).isEqualTo(reader.read(alone));
        for (var spec : several.specs()) {
            assertThat(reader.read(new SpecText(spec).yaml())).isEqualTo(spec);
        }
    }

    @Test
    void theNumberCanStandWithEachMatcher() {
        // Given
        var text = SPEC.replace("documents: 40\n", "").replace(" }\n  -", ", documents: 40 }\n  -");
        // When
        var several =
                reader.readSeveral(text.replace("question }", "question, documents: 40 }"))
                        .orElseThrow();
        // Then
        assertThat(several).isEqualTo(reader.readSeveral(SPEC).orElseThrow());
    }

    @Test
    void aSpecOfOneMatcherIsNoComparison() {
        assertThat(reader.readSeveral(SpecReaderTest.SAMPLE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    topK: 9          | topK: 0           | line 6, column 22: 'match.0.topK'
                    topK: 9          | topc: 9           | line 6, column 22: 'topc' is no field of 'match.0': use one of [b, boundary
                    topK: 9          | boundary: none    | line 6, column 22: matcher bm25 takes no 'boundary'
                    query: question  | documents: 41     | line 8, column 22: matchers are compared at equal numbers of documents, and this says 41 where 40
                    documents: 40    | seed: 3           | line 6, column 5: matchers are compared at equal numbers of documents: say how many
                    documents: 40    | documents: many   | line 9, column 1: 'documents'
                    operation: mask  | operation: msk    | line 10, column 14: 'operate.operation'
                    """)
    void aFaultIsNamedWithItsPlaceAndItsMend(String good, String bad, String sentence) {
        // Given
        var text = SPEC.replace(good.strip(), bad.strip());
        // When
        assertThatThrownBy(() -> reader.readSeveral(text))
                // Then
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining(sentence.strip());
    }

    @Test
    void anInterventionHasOneMatcher() {
        assertThatThrownBy(() -> reader.read(SPEC))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 5, column 1: 'match' lists several matchers");
        assertThatThrownBy(() -> reader.read(SpecReaderTest.SAMPLE + "documents: 3\n"))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 10, column 1: 'documents' stands beside a list");
        var standing =
                SPEC.replace("window:    { from: 1, to: 2 }", "trigger: on-checkpoint\nbudget: 9");
        assertThatThrownBy(() -> reader.readSeveral(standing))
                .isInstanceOf(RefusedInput.class)
                .hasMessageContaining("line 6, column 1: a spec that stands has one matcher");
    }
}
