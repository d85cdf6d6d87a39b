package io.deltasync.helm;

import java.util.Map;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ServeTests {

	@Test
	void probesUseTheManagementPort() {
		Rendered rendered = Chart.ofExample("serve").render();
		Container container = rendered.container("sync-serve");

		assertThat(container.getArgs()).containsExactly("serve");
		assertThat(container.getPorts().get(0).getName()).isEqualTo("management");
		assertThat(container.getPorts().get(0).getContainerPort()).isEqualTo(9000);
		assertThat(rendered.env("sync-serve")).containsEntry("MANAGEMENT_SERVER_PORT", "9000")
			.containsEntry("MANAGEMENT_SERVER_ADDRESS", "0.0.0.0");
		assertThat(path(container.getStartupProbe())).isEqualTo("management/actuator/health/liveness");
		assertThat(path(container.getLivenessProbe())).isEqualTo("management/actuator/health/liveness");
		assertThat(path(container.getReadinessProbe())).isEqualTo("management/actuator/health/readiness");
	}

	@Test
	void severalReplicasAreSpreadAndNeverAllDisruptedAtOnce() {
		Rendered rendered = Chart.ofExample("serve").render();
		Deployment deployment = rendered.get(Deployment.class, "sync-serve");
		PodDisruptionBudget budget = rendered.get(PodDisruptionBudget.class, "sync-serve");

		assertThat(deployment.getSpec().getReplicas()).isEqualTo(3);
		assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
		assertThat(budget.getSpec().getSelector()).isEqualTo(deployment.getSpec().getSelector());
		assertThat(deployment.getSpec().getTemplate().getSpec().getTopologySpreadConstraints()).singleElement()
			.extracting("labelSelector")
			.isEqualTo(deployment.getSpec().getSelector());
	}

	@Test
	void singleReplicaMayBeDisrupted() {
		assertThat(Chart.ofExample("cronjobs").render().all(PodDisruptionBudget.class)).isEmpty();
	}

	@Test
	void prometheusFindsServeByAnnotations() {
		PodTemplateSpec pod = Chart.ofExample("cronjobs").render().pods().get("ds-deltasync-serve");

		assertThat(pod.getMetadata().getAnnotations()).containsEntry("prometheus.io/scrape", "true")
			.containsEntry("prometheus.io/port", "8080")
			.containsEntry("prometheus.io/path", "/actuator/prometheus");
	}

	@Test
	void prometheusFindsServeByAServiceMonitor() {
		Rendered rendered = Chart.ofExample("serve").render();
		GenericKubernetesResource monitor = rendered.objects()
			.stream()
			.filter((object) -> object.getKind().equals("ServiceMonitor"))
			.map(GenericKubernetesResource.class::cast)
			.findFirst()
			.orElseThrow();
		Service service = rendered.get(Service.class, "sync-serve");

		assertThat(monitor.getMetadata().getName()).isEqualTo("sync");
		assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
		Map<String, String> selector = monitor.get("spec", "selector", "matchLabels");
		assertThat(service.getMetadata().getLabels()).containsAllEntriesOf(selector);
		assertThat(monitor.<String>get("spec", "endpoints", 0, "port"))
			.isEqualTo(service.getSpec().getPorts().get(0).getName());
		assertThat(monitor.<String>get("spec", "endpoints", 0, "path")).isEqualTo("/actuator/prometheus");
		assertThat(rendered.pods().get("sync-serve").getMetadata().getAnnotations())
			.doesNotContainKey("prometheus.io/scrape");
	}

	@Test
	void serviceSelectsOnlyPodsOfServe() {
		Rendered rendered = Chart.ofExample("serve").render();
		Service service = rendered.get(Service.class, "sync-serve");

		assertThat(rendered.pods()).allSatisfy((name, pod) -> assertThat(
				pod.getMetadata().getLabels().entrySet().containsAll(service.getSpec().getSelector().entrySet()))
			.isEqualTo(name.equals("sync-serve")));
		assertThat(service.getSpec().getPorts()).extracting(ServicePort::getPort).containsExactly(9000, 8090);
		assertThat(service.getSpec().getPorts()).extracting((port) -> port.getTargetPort().getStrVal())
			.containsExactly("management", "console");
	}

	@Test
	void changedConfigurationReplacesThePods() {
		Rendered rendered = Chart.ofExample("cronjobs").render();
		Rendered other = Chart.ofExample("cronjobs").with("config: { deltasync: { lease: 3m } }").render();

		assertThat(checksum(other)).isNotEqualTo(checksum(rendered)).hasSize(64);
		assertThat(checksum(Chart.ofExample("cronjobs").with("serve: { replicas: 2 }").render()))
			.isEqualTo(checksum(rendered));
	}

	@Test
	void embeddedDatabaseHasOnePodAndAVolumeThatOutlivesTheRelease() {
		Rendered rendered = Chart.ofExample("h2").render();
		PersistentVolumeClaim claim = rendered.get(PersistentVolumeClaim.class, "ds-deltasync");

		assertThat(rendered.pods()).containsOnlyKeys("ds-deltasync-serve");
		assertThat(rendered.get(Deployment.class, "ds-deltasync-serve").getSpec().getStrategy().getType())
			.isEqualTo("Recreate");
		assertThat(rendered.env("ds-deltasync-serve"))
			.containsEntry("SPRING_DATASOURCE_URL",
					"jdbc:h2:file:/var/lib/deltasync/deltasync;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE")
			.doesNotContainKey("SPRING_PROFILES_ACTIVE");
		assertThat(rendered.container("ds-deltasync-serve").getVolumeMounts())
			.anySatisfy((mount) -> assertThat(mount.getMountPath()).isEqualTo("/var/lib/deltasync"));
		assertThat(claim.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
	}

	@Test
	void existingVolumeIsUsed() {
		Rendered rendered = Chart.ofExample("h2").with("database: { h2: { existingClaim: mine } }").render();

		assertThat(rendered.all(PersistentVolumeClaim.class)).isEmpty();
		assertThat(rendered.pods().get("ds-deltasync-serve").getSpec().getVolumes())
			.filteredOn((volume) -> volume.getPersistentVolumeClaim() != null)
			.extracting((volume) -> volume.getPersistentVolumeClaim().getClaimName())
			.containsExactly("mine");
	}

	@Test
	void serveCanBeDisabled() {
		Rendered rendered = Chart.ofExample("cronjobs").with("serve: { enabled: false }").render();

		assertThat(rendered.all(Deployment.class)).isEmpty();
		assertThat(rendered.all(Service.class)).isEmpty();
		assertThat(rendered.all(ConfigMap.class)).hasSize(1);
	}

	@Test
	void serveSchedulesLinksThatHaveNoCronJob() {
		Rendered rendered = Chart.ofExample("serve").with("links: { y: { config: {}, schedule: '@daily' } }").render();

		assertThat(application(rendered)).contains("cron: 0 */5 * * * *", "zone: UTC", "cron: '@daily'",
				"run-after: customers");
		assertThat(application(Chart.ofExample("cronjobs").render())).doesNotContain("cron:");
	}

	@Test
	void suspendedLinkHasNoSchedule() {
		assertThat(application(Chart.ofExample("serve").with("links: { customers: { suspend: true } }").render()))
			.doesNotContain("cron:");
	}

	@Test
	void probesCanBeConfigured() {
		Container container = Chart.ofExample("cronjobs").with("""
				serve:
				  startupProbe: { failureThreshold: 200 }
				  livenessProbe: { httpGet: null, tcpSocket: { port: management }, initialDelaySeconds: 9 }
				  readinessProbe: null
				""").render().container("ds-deltasync-serve");

		assertThat(path(container.getStartupProbe())).isEqualTo("management/actuator/health/liveness");
		assertThat(container.getStartupProbe().getFailureThreshold()).isEqualTo(200);
		assertThat(container.getLivenessProbe().getHttpGet()).isNull();
		assertThat(container.getLivenessProbe().getTcpSocket().getPort().getStrVal()).isEqualTo("management");
		assertThat(container.getLivenessProbe().getInitialDelaySeconds()).isEqualTo(9);
		assertThat(container.getLivenessProbe().getPeriodSeconds()).isEqualTo(10);
		assertThat(container.getReadinessProbe()).isNull();
	}

	@Test
	void serviceCanBeConfigured() {
		Service service = Chart.ofExample("cronjobs").with("""
				service:
				  type: NodePort
				  port: 80
				  nodePort: 30080
				  annotations: { example.com/scope: internal }
				  labels: { tier: data, app.kubernetes.io/name: other }
				""").render().get(Service.class, "ds-deltasync-serve");

		assertThat(service.getSpec().getType()).isEqualTo("NodePort");
		assertThat(service.getSpec().getPorts()).first().satisfies((port) -> {
			assertThat(port.getPort()).isEqualTo(80);
			assertThat(port.getNodePort()).isEqualTo(30080);
			assertThat(port.getTargetPort().getStrVal()).isEqualTo("management");
		});
		assertThat(service.getMetadata().getAnnotations()).containsEntry("example.com/scope", "internal");
		assertThat(service.getMetadata().getLabels()).containsEntry("tier", "data")
			.containsEntry("app.kubernetes.io/name", "deltasync");
	}

	@Test
	void disruptionBudgetsCanBeDisabled() {
		String many = "{ serve: { replicas: 2 }, worker: { replicas: 3 }, podDisruptionBudget: { %s } }";

		assertThat(Chart.ofExample("worker")
			.with(many.formatted("maxUnavailable: 50%"))
			.render()
			.all(PodDisruptionBudget.class)).hasSize(2)
			.allSatisfy((budget) -> assertThat(budget.getSpec().getMaxUnavailable().getStrVal()).isEqualTo("50%"));
		assertThat(Chart.ofExample("worker")
			.with(many.formatted("enabled: false"))
			.render()
			.all(PodDisruptionBudget.class)).isEmpty();
	}

	@Test
	void notesShowTheNextSteps() {
		assertThat(Chart.ofExample("cronjobs").notes()).contains("Links: 2, started by CronJobs",
				"Orders: EU/daily: 0 2 * * * (UTC), suspended", "1. Check the Links", "helm test ds --namespace sync",
				"2. Run a Link now", "create job --from=cronjob/ds-deltasync-orders-eu", "3. See the result",
				"kubectl --namespace sync port-forward service/ds-deltasync-serve 8080");
		assertThat(Chart.ofExample("serve").notes()).contains("Links: 2, started by serve",
				"customers: */5 * * * * (UTC)", "orders: after customers", "2. Follow the runs",
				"logs deployment/sync-serve --follow");
		assertThat(Chart.ofExample("h2").notes()).contains("1. Follow the runs").doesNotContain("helm test");
	}

	@Test
	void notesWithoutLinksExplainHowToAddOne() {
		assertThat(Chart.ofExample("cronjobs").with("links: null").notes())
			.contains("There are no Links yet", "helm upgrade")
			.doesNotContain("helm test", "create job");
	}

	private static String application(Rendered rendered) {
		return rendered.all(ConfigMap.class).get(0).getData().get("application.yaml");
	}

	private static String checksum(Rendered rendered) {
		return rendered.pods().get("ds-deltasync-serve").getMetadata().getAnnotations().get("checksum/config");
	}

	private static String path(Probe probe) {
		return probe.getHttpGet().getPort().getStrVal() + probe.getHttpGet().getPath();
	}

}
