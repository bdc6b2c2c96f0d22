package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class ComponentsTest {
    private final List<String> events = new ArrayList<>();
    private final Cluster nobody = new Cluster("127.0.0.1:1");

    @TempDir private Path data;

    @Test
    void closeInTheReverseOfTheirStart() {
        // Given
        var components = start(List.of(component("a"), component("b"), component("c")));

        // When
        components.close();

        // Then
        assertThat(events)
                .containsExactly("start a", "start b", "start c", "stop c", "stop b", "stop a");
    }

    @Test
    void areClosedWhenALaterOneDoesNotStart() {
        // Given
        var broken =
                new Component(
                        "broken",
                        (cluster, folder, died) -> {
                            throw new IllegalStateException("no disk");
                        });

        // When, Then
        assertThatThrownBy(() -> start(List.of(component("a"), broken)))
                .isInstanceOf(ComponentFailed.class)
                .hasMessage("broken did not start: no disk");
        assertThat(events).containsExactly("start a", "stop a");
    }

    @Test
    void areAllClosedWhenOneFailsTo() {
        // Given
        var clinging =
                new Component(
                        "clinging",
                        (cluster, folder, died) ->
                                () -> {
                                    throw new IllegalStateException("busy");
                                });
        var components = start(List.of(component("a"), clinging, component("b")));

        // When, Then
        assertThatThrownBy(components::close)
                .isInstanceOf(ComponentFailed.class)
                .hasMessage("clinging did not stop: busy");
        assertThat(events).endsWith("stop b", "stop a");
    }

    @Test
    void sayWhenOneDies() {
        // Given
        var dying =
                new Component(
                        "dying",
                        (cluster, folder, died) -> {
                            died.accept(new IllegalStateException("out of range"));
                            return () -> {};
                        });

        // When
        try (var components = start(List.of(dying))) {

            // Then
            assertThat(components.ended())
                    .failsWithin(java.time.Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("dying died: out of range");
        }
    }

    private Components start(List<Component> components) {
        return Components.start(components, nobody, data, name -> {});
    }

    private Component component(String name) {
        return new Component(
                name,
                (cluster, folder, died) -> {
                    assertThat(folder).isDirectory().hasFileName(name);
                    events.add("start " + name);
                    return () -> events.add("stop " + name);
                });
    }
}
