package io.deltasync.helm;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WorkerTests {

	private static final String WORKER = "ds-deltasync-worker";

	@Test
	void numberOfWorkersFollowsTheirLoad() {
		Rendered rendered = Chart.ofExample("worker").render();
		HorizontalPodAutoscaler scaler = rendered.get(HorizontalPodAutoscaler.class, WORKER);

		assertThat(rendered.container(WORKER).getArgs()).containsExactly("worker");
		assertThat(rendered.get(Deployment.class, WORKER).getSpec().getReplicas()).isNull();
		assertThat(scaler.getSpec().getScaleTargetRef().getName()).isEqualTo(WORKER);
		assertThat(scaler.getSpec().getMinReplicas()).isEqualTo(2);
		assertThat(scaler.getSpec().getMaxReplicas()).isEqualTo(8);
		assertThat(scaler.getSpec().getMetrics().get(0).getResource().getTarget().getAverageUtilization())
			.isEqualTo(75);
		assertThat(rendered.get(PodDisruptionBudget.class, WORKER).getSpec().getMaxUnavailable().getIntVal())
			.isEqualTo(1);
	}

	@Test
	void numberOfWorkersMayBeFixed() {
		Rendered rendered = Chart.ofExample("worker")
			.with("worker: { replicas: 1, autoscaling: { enabled: false } }")
			.render();

		assertThat(rendered.get(Deployment.class, WORKER).getSpec().getReplicas()).isEqualTo(1);
		assertThat(rendered.all(HorizontalPodAutoscaler.class)).isEmpty();
		assertThat(rendered.all(PodDisruptionBudget.class)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { WORKER, "ds-deltasync-customers", "ds-deltasync-serve" })
	void runnersAndWorkersUseTheSameBroker(String name) {
		assertThat(Chart.ofExample("worker").render().env(name)).containsEntry("DELTASYNC_WORKERS", "remote")
			.containsEntry("DELTASYNC_REMOTE_BROKERURL", "tcp://artemis.example.com:61617")
			.containsEntry("DELTASYNC_REMOTE_USERNAME", "secret:artemis/username")
			.containsEntry("DELTASYNC_REMOTE_PASSWORD", "secret:artemis/password");
	}

	@Test
	void noPodKnowsABrokerWithoutWorkers() {
		Rendered rendered = Chart.ofExample("cronjobs").render();

		assertThat(rendered.pods().keySet()).noneMatch((name) -> name.contains("worker"))
			.allSatisfy((name) -> assertThat(rendered.env(name)).doesNotContainKeys("DELTASYNC_WORKERS",
					"DELTASYNC_REMOTE_BROKERURL"));
	}

}
