package io.retcon.deploy.dashboard.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.deploy.intervention.NamedDocuments;
import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What is said of a spec while it is typed; nothing of that asks a cluster. */
class SpecCheckTest {
    private static final String SPEC =
            """
            name: checked
            run: world
            select: { benchmark: world, rule: all }
            window: { from: 10, to: 20 }
            match: { matcher: cooccurrence }
            operate: { operation: swap }
            arms: [control, treated]
            retrain: { replicates: 1 }
            """;

    private static final Cluster AWAY = new Cluster("127.0.0.1:1");
    private final SpecCheck check =
            new SpecCheck(
                    AWAY,
                    new NamedDocuments(AWAY, SpecSources.none()::file, SpecSources.none()::topic));

    @Test
    void findsNothingInWhatIsWellFormed() {
        assertThat(check.fault(SPEC)).isEmpty();
    }

    @Test
    void saysWhereAFieldIsThatNobodyKnows() {
        // When
        var fault = check.fault(SPEC.replace("window:", "windwo:")).orElseThrow();
        // Then
        assertThat(fault.line()).hasValue(4);
        assertThat(fault.column()).hasValue(1);
        assertThat(fault.sentence()).contains("windwo").doesNotContain("line 4");
    }

    @Test
    void saysWhereItIsNoYaml() {
        // When
        var fault = check.fault(SPEC.replace("to: 20 }", "to: 20")).orElseThrow();
        // Then
        assertThat(fault.line()).isPresent();
        assertThat(fault.sentence()).isNotBlank();
    }

    @Test
    void refusesAFileWhereNoneIsAllowed() {
        // When
        var fault =
                check.fault(
                                SPEC.replace(
                                        "{ matcher: cooccurrence }",
                                        "{ matcher: given, file: /etc/passwd }"))
                        .orElseThrow();
        // Then
        assertThat(fault.line()).hasValue(5);
        assertThat(fault.sentence()).contains("'/etc/passwd' is not read here");
    }

    @Test
    void readsNoMoreThanAPersonWrites() {
        // Given
        var endless = SPEC + "# " + "x".repeat(1 << 20);
        // When, Then
        assertThat(check.fault(endless).orElseThrow().sentence()).contains("at most 1,048,576");
        assertThatThrownBy(() -> check.publish(endless)).isInstanceOf(RefusedInput.class);
    }

    @Test
    void aRefusalWithoutAPlaceHasNone() {
        // When
        var fault = SpecCheck.fault(new RefusedInput("the name 'a' belongs to another"));
        // Then
        assertThat(fault)
                .isEqualTo(
                        new SpecCheck.Fault(
                                Optional.empty(),
                                Optional.empty(),
                                "the name 'a' belongs to another"));
    }

    @Test
    void aTopicIsReadIfTheOperatorNamedIt() {
        // Given
        var sources = new SpecSources(List.of(), List.of("facts"));
        // When, Then
        assertThat(sources.topic("facts")).isEqualTo("facts");
        for (var name : List.of("retcon.interventions", "payroll", "Facts", "")) {
            assertThatThrownBy(() -> sources.topic(name))
                    .as(name)
                    .isInstanceOf(RefusedInput.class)
                    .hasMessageContaining("--allow-topic");
        }
    }
}
