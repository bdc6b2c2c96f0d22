package io.retcon.deploy.rights;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePattern;

import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/** All that a component, or a person with a task, may do on a Kafka cluster; a resource once. */
public record Rights(String component, List<Right> rights) {
    private static final String USER = "retcon-";

    public Rights {
        requireNonNull(component, "component is null");
        rights = merged(rights);
    }

    @SafeVarargs
    static Rights of(String component, Collection<Right>... parts) {
        return new Rights(component, List.of(parts).stream().flatMap(Collection::stream).toList());
    }

    private static List<Right> merged(List<Right> rights) {
        var merged = new LinkedHashMap<ResourcePattern, Set<AclOperation>>();
        for (var right : rights) {
            merged.computeIfAbsent(right.resource(), r -> EnumSet.noneOf(AclOperation.class))
                    .addAll(right.operations());
        }
        return merged.entrySet().stream().map(e -> new Right(e.getKey(), e.getValue())).toList();
    }

    /** The user under whose name the component is known to the cluster. */
    public String user() {
        return USER + component;
    }

    /** As a cluster's authorizer takes them, for {@link #user} from any host. */
    public List<AclBinding> bindings() {
        return rights.stream()
                .flatMap(
                        right ->
                                right.operations().stream()
                                        .map(
                                                operation ->
                                                        new AclBinding(
                                                                right.resource(),
                                                                allowed(operation))))
                .toList();
    }

    private AccessControlEntry allowed(AclOperation operation) {
        return new AccessControlEntry("User:" + user(), "*", operation, AclPermissionType.ALLOW);
    }
}
