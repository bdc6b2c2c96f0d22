package io.retcon.deploy.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/** What every resource of the Strimzi operator has; its cluster's name is what overlays change. */
final class StrimziResource {
    private static final String CLUSTER = "kafka";

    private StrimziResource() {}

    static Map<String, Object> of(String kind, String name, Map<String, Object> spec) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name);
        metadata.put("labels", Map.of("strimzi.io/cluster", CLUSTER));
        var resource = new LinkedHashMap<String, Object>();
        resource.put("apiVersion", "kafka.strimzi.io/v1");
        resource.put("kind", kind);
        resource.put("metadata", metadata);
        resource.put("spec", spec);
        return resource;
    }
}
