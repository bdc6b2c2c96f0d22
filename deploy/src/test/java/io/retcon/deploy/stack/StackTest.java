package io.retcon.deploy.stack;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.retcon.schemas.RefusedInput;
import io.retcon.schemas.topic.Cluster;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StackTest {
    @ParameterizedTest
    @ValueSource(ints = {0, -3})
    void topicsHaveAPartition(int partitions) {
        // When, Then
        assertThatThrownBy(() -> Stack.createTopics(new Cluster("127.0.0.1:1"), partitions))
                .isInstanceOf(RefusedInput.class)
                .hasMessage("--partitions must be 1 or more");
    }
}
