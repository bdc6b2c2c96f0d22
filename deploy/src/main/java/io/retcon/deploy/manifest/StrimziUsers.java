package io.retcon.deploy.manifest;

import io.retcon.deploy.rights.Right;
import io.retcon.deploy.rights.Rights;
import io.retcon.deploy.rights.RightsTable;

import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Each component's user and rights as resources of the Strimzi operator. */
final class StrimziUsers {
    private StrimziUsers() {}

    static String text() {
        return Yaml.text(RightsTable.all().stream().map(StrimziUsers::resource).toList());
    }

    private static Map<String, Object> resource(Rights rights) {
        var authorization = new LinkedHashMap<String, Object>();
        authorization.put("type", "simple");
        authorization.put("acls", rights.rights().stream().map(StrimziUsers::acl).toList());
        var spec = new LinkedHashMap<String, Object>();
        spec.put("authentication", Map.of("type", "scram-sha-512"));
        spec.put("authorization", authorization);
        return StrimziResource.of("KafkaUser", rights.user(), spec);
    }

    private static Map<String, Object> acl(Right right) {
        var resource = new LinkedHashMap<String, Object>();
        resource.put("type", type(right.resource().resourceType()));
        resource.put("name", right.resource().name());
        resource.put("patternType", pattern(right.resource().patternType()));
        var acl = new LinkedHashMap<String, Object>();
        acl.put("resource", resource);
        acl.put("operations", operations(right));
        return acl;
    }

    private static List<String> operations(Right right) {
        return right.operations().stream().map(StrimziUsers::operation).toList();
    }

    private static String operation(AclOperation operation) {
        return switch (operation) {
            case READ -> "Read";
            case WRITE -> "Write";
            case CREATE -> "Create";
            case DELETE -> "Delete";
            case DESCRIBE -> "Describe";
            case DESCRIBE_CONFIGS -> "DescribeConfigs";
            default -> throw new IllegalArgumentException("nobody needs " + operation);
        };
    }

    private static String type(ResourceType type) {
        return switch (type) {
            case TOPIC -> "topic";
            case GROUP -> "group";
            case TRANSACTIONAL_ID -> "transactionalId";
            default -> throw new IllegalArgumentException("nobody needs a " + type);
        };
    }

    private static String pattern(PatternType pattern) {
        return pattern == PatternType.PREFIXED ? "prefix" : "literal";
    }
}
