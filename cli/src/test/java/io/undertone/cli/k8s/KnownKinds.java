package io.undertone.cli.k8s;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.util.List;
import java.util.Map;

/** The kinds of Kubernetes itself, and of the Prometheus operator, as types. */
final class KnownKinds {
  private static final Map<String, Class<?>> TYPES =
      Map.ofEntries(
          entry("v1/ConfigMap", ConfigMap.class),
          entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class),
          entry("v1/Secret", Secret.class),
          entry("v1/Service", Service.class),
          entry("v1/ServiceAccount", ServiceAccount.class),
          entry("apps/v1/Deployment", Deployment.class),
          entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
          entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
          entry("rbac.authorization.k8s.io/v1/Role", Role.class),
          entry("rbac.authorization.k8s.io/v1/RoleBinding", RoleBinding.class),
          entry("monitoring.coreos.com/v1/PodMonitor", PodMonitor.class),
          entry("monitoring.coreos.com/v1/PrometheusRule", PrometheusRule.class));

  /** These types take in what they do not know; without that, it is an error. */
  private static final ObjectMapper STRICT =
      new ObjectMapper()
          .setAnnotationIntrospector(
              new JacksonAnnotationIntrospector() {
                private static final long serialVersionUID = 1L;

                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                  return false;
                }
              });

  private KnownKinds() {}

  /** One line for what the type of a resource refuses. */
  static List<String> complaints(Map<String, Object> resource) {
    String kind = resource.get("apiVersion") + "/" + resource.get("kind");
    Class<?> type = TYPES.get(kind);
    if (type == null) {
      return List.of("there is no kind " + kind);
    }
    try {
      Object unused = STRICT.convertValue(resource, type);
      return List.of();
    } catch (IllegalArgumentException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
