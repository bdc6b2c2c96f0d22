package io.retcon.schemas.topic;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

class TopicCatalogueTest {
    @Test
    void everyFieldOfEveryTopicIsDocumented() {
        // Given
        var undocumented = new HashSet<String>();
        // When
        for (var topic : TopicCatalogue.all()) {
            collect(topic.schema(), undocumented, new HashSet<>());
        }
        // Then
        assertThat(undocumented).isEmpty();
    }

    private static void collect(Schema schema, Set<String> undocumented, Set<String> seen) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    for (var field : schema.getFields()) {
                        if (field.doc() == null || field.doc().isBlank()) {
                            undocumented.add(schema.getName() + "." + field.name());
                        }
                        collect(field.schema(), undocumented, seen);
                    }
                }
            }
            case ARRAY -> collect(schema.getElementType(), undocumented, seen);
            case MAP -> collect(schema.getValueType(), undocumented, seen);
            case UNION -> schema.getTypes().forEach(type -> collect(type, undocumented, seen));
            default -> {}
        }
    }
}
