package io.retcon.deploy.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What kustomize makes of deploy/kubernetes, read strictly as Kubernetes and Strimzi define it. */
class KubernetesTest {
    private static final Path KUBECTL = Path.of("/usr/bin/kubectl");
    private static final Map<String, Class<?>> KINDS =
            Map.of(
                    "v1/ConfigMap", ConfigMap.class,
                    "v1/PersistentVolumeClaim", PersistentVolumeClaim.class,
                    "v1/Service", Service.class,
                    "apps/v1/StatefulSet", StatefulSet.class,
                    "apps/v1/Deployment", Deployment.class,
                    "batch/v1/Job", Job.class,
                    "kafka.strimzi.io/v1/KafkaTopic", KafkaTopic.class,
                    "kafka.strimzi.io/v1/KafkaUser", KafkaUser.class);

    /** Secrets of the cluster's operator and of ours. */
    private static final Set<String> GIVEN =
            Set.of("kafka-cluster-ca-cert", "retcon-dashboard-token");

    private static final List<Object> RESOURCES = new ArrayList<>();

    /** Unknown fields fail: the models' own catch-alls are not asked. */
    private static ObjectMapper strict() {
        return new ObjectMapper()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .setAnnotationIntrospector(
                        new JacksonAnnotationIntrospector() {
                            @Override
                            public Boolean hasAnySetter(Annotated annotated) {
                                return false;
                            }
                        });
    }

    @BeforeAll
    static void render() throws IOException, InterruptedException {
        assumeThat(KUBECTL).as("kubectl renders").exists();
        var process =
                new ProcessBuilder(KUBECTL.toString(), "kustomize", "kubernetes/overlays/strimzi")
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        var mapper = strict();
        for (var document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            var resource = (Map<?, ?>) document;
            var kind = resource.get("apiVersion") + "/" + resource.get("kind");
            assertThat(KINDS).containsKey(kind);
            RESOURCES.add(mapper.convertValue(resource, KINDS.get(kind)));
        }
    }

    private static <T> Stream<T> of(Class<T> kind) {
        return RESOURCES.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Stream<PodSpec> pods() {
        return Stream.concat(
                components(), of(Job.class).map(job -> job.getSpec().getTemplate().getSpec()));
    }

    /** Of what runs for ever. */
    private static Stream<PodSpec> components() {
        return Stream.concat(
                of(StatefulSet.class).map(set -> set.getSpec().getTemplate().getSpec()),
                of(Deployment.class).map(some -> some.getSpec().getTemplate().getSpec()));
    }

    @Test
    void thereIsATopicAndAUserForEachOfOurs() {
        // Then
        assertThat(of(KafkaTopic.class)).hasSize(17);
        assertThat(of(KafkaUser.class)).hasSize(8);
        assertThat(components()).hasSize(4);
    }

    @Test
    void noContainerIsRootOrWritesItsImage() {
        // Then
        assertThat(pods())
                .allSatisfy(
                        pod -> {
                            assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
                            assertThat(pod.getAutomountServiceAccountToken()).isFalse();
                            assertThat(pod.getContainers())
                                    .allSatisfy(
                                            container -> {
                                                var may = container.getSecurityContext();
                                                assertThat(may.getReadOnlyRootFilesystem())
                                                        .isTrue();
                                                assertThat(may.getAllowPrivilegeEscalation())
                                                        .isFalse();
                                                assertThat(may.getCapabilities().getDrop())
                                                        .containsExactly("ALL");
                                                assertThat(container.getResources().getLimits())
                                                        .containsOnlyKeys("cpu", "memory");
                                            });
                        });
    }

    @Test
    void everyComponentIsProbed() {
        // Then
        assertThat(components())
                .flatMap(PodSpec::getContainers)
                .allSatisfy(
                        container -> {
                            assertThat(container.getLivenessProbe().getHttpGet().getPath())
                                    .isEqualTo("/health/live");
                            assertThat(container.getReadinessProbe().getHttpGet().getPath())
                                    .isEqualTo("/health/ready");
                        });
    }

    /** A component's secret is the one that the operator makes for its user. */
    @Test
    void everySecretBelongsToAUserOrTheClusterOrIsTheDashboardsToken() {
        // Given
        var users = of(KafkaUser.class).map(user -> user.getMetadata().getName()).toList();
        // Then
        assertThat(pods())
                .flatMap(PodSpec::getVolumes)
                .filteredOn(volume -> volume.getSecret() != null)
                .extracting(volume -> volume.getSecret().getSecretName())
                .allMatch(name -> users.contains(name) || GIVEN.contains(name));
    }

    @Test
    void theImageNamesItsRuntimesModulesAndRunsAsNobodySpecial() throws IOException {
        // When
        var dockerfile = Files.readString(Path.of("Dockerfile"));
        // Then
        assertThat(dockerfile).contains("deploy/image/modules").contains("USER 10001:10001");
        assertThat(dockerfile.lines().filter(line -> line.startsWith("FROM")))
                .allMatch(line -> line.matches("FROM [a-z]+:[0-9][^ ]*( AS [a-z]+)?"));
    }
}
