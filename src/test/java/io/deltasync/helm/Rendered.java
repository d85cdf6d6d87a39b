package io.deltasync.helm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.yaml.snakeyaml.Yaml;

/**
 * The rendered chart as objects of Kubernetes' own types. As in Kubernetes, an unknown
 * field is an error, and so is a number or a boolean in place of a text.
 *
 * @param objects all of them
 */
record Rendered(List<HasMetadata> objects) {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.annotationIntrospector(new JacksonAnnotationIntrospector() {

			/** The types would take any field. */
			@Override
			public Boolean hasAnySetter(Annotated member) {
				return false;
			}

		})
		.withCoercionConfig(LogicalType.Textual,
				(coercions) -> Stream
					.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)
					.forEach((shape) -> coercions.setCoercion(shape, CoercionAction.Fail)))
		.build();

	private static final JsonMapper LENIENT = new JsonMapper();

	private static final Map<String, Class<? extends HasMetadata>> TYPES = Map.ofEntries(
			Map.entry("v1/ConfigMap", ConfigMap.class), Map.entry("v1/Service", Service.class),
			Map.entry("v1/ServiceAccount", ServiceAccount.class),
			Map.entry("v1/PersistentVolumeClaim", PersistentVolumeClaim.class), Map.entry("v1/Pod", Pod.class),
			Map.entry("apps/v1/Deployment", Deployment.class), Map.entry("batch/v1/CronJob", CronJob.class),
			Map.entry("batch/v1/Job", Job.class),
			Map.entry("autoscaling/v2/HorizontalPodAutoscaler", HorizontalPodAutoscaler.class),
			Map.entry("policy/v1/PodDisruptionBudget", PodDisruptionBudget.class),
			Map.entry("networking.k8s.io/v1/NetworkPolicy", NetworkPolicy.class),
			Map.entry("networking.k8s.io/v1/Ingress", Ingress.class));

	static Rendered of(String manifests) {
		List<HasMetadata> objects = new ArrayList<>();
		for (Object document : new Yaml().loadAll(manifests)) {
			if (document instanceof Map<?, ?> map) {
				Class<? extends HasMetadata> type = TYPES.get(map.get("apiVersion") + "/" + map.get("kind"));
				objects.add((type != null) ? STRICT.convertValue(map, type)
						: LENIENT.convertValue(map, GenericKubernetesResource.class));
			}
		}
		return new Rendered(objects);
	}

	<T extends HasMetadata> List<T> all(Class<T> type) {
		return this.objects.stream().filter(type::isInstance).map(type::cast).toList();
	}

	<T extends HasMetadata> T get(Class<T> type, String name) {
		return all(type).stream()
			.filter((object) -> object.getMetadata().getName().equals(name))
			.findFirst()
			.orElseThrow(() -> new AssertionError("no %s '%s' among %s".formatted(type.getSimpleName(), name,
					all(type).stream().map((object) -> object.getMetadata().getName()).toList())));
	}

	/** All pods that may come to be, by the name of what makes them. */
	Map<String, PodTemplateSpec> pods() {
		Map<String, PodTemplateSpec> pods = new LinkedHashMap<>();
		all(CronJob.class).forEach((cronJob) -> pods.put(cronJob.getMetadata().getName(),
				cronJob.getSpec().getJobTemplate().getSpec().getTemplate()));
		all(Job.class).forEach((job) -> pods.put(job.getMetadata().getName(), job.getSpec().getTemplate()));
		all(Deployment.class)
			.forEach((deployment) -> pods.put(deployment.getMetadata().getName(), deployment.getSpec().getTemplate()));
		all(Pod.class).forEach(
				(pod) -> pods.put(pod.getMetadata().getName(), new PodTemplateSpec(pod.getMetadata(), pod.getSpec())));
		return pods;
	}

	/** The only container of a pod. */
	Container container(String name) {
		PodTemplateSpec pod = pods().get(name);
		if (pod == null || pod.getSpec().getContainers().size() != 1) {
			throw new AssertionError("no pod '%s' with one container among %s".formatted(name, pods().keySet()));
		}
		return pod.getSpec().getContainers().get(0);
	}

	/** A container's variables; what comes from a Secret as {@code secret:NAME/KEY}. */
	Map<String, String> env(String name) {
		Map<String, String> env = new LinkedHashMap<>();
		container(name).getEnv().forEach((variable) -> env.put(variable.getName(), value(variable)));
		return env;
	}

	private static String value(EnvVar variable) {
		if (variable.getValueFrom() == null) {
			return variable.getValue();
		}
		var secret = variable.getValueFrom().getSecretKeyRef();
		return "secret:%s/%s".formatted(secret.getName(), secret.getKey());
	}

}
