package io.deltasync.helm;

import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChartLintTests {

	@Test
	void chartPassesHelmLint() {
		assertSound(Chart.ofDefaults().lint());
	}

	@ParameterizedTest
	@MethodSource("io.deltasync.helm.Chart#examples")
	void chartPassesHelmLintWithValues(String example) {
		assertSound(Chart.ofExample(example).lint());
	}

	@ParameterizedTest
	@ValueSource(strings = { "databse: { type: mysql }", "serve: { replica: 2 }", "serve: { replicas: many }",
			"scheduler: both", "links: { x: { schedule: '@daily' } }",
			"links: { customers: { config: {}, shedule: '@daily' } }",
			"connections: { crm: { url: 'jdbc:h2:mem:crm', password: secret } }",
			"cronJobs: { terminationGracePeriodSeconds: 20 }", "imagePullSecrets: [registry]",
			"service: { type: ExternalName }", "podDisruptionBudget: { maxUnavailable: 2 pods }",
			"metrics: { prometheusRule: { windowAgeSeconds: 1d } }", "image: { digest: latest }" })
	void aValueThatThereIsNotIsRefused(String values) {
		assertThat(Chart.ofExample("cronjobs").with(values).problem())
			.contains("values don't meet the specifications of the schema");
	}

	private static void assertSound(LintResult result) {
		assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
		assertThat(result.getMessages()).containsExactly("[INFO] Chart.yaml: icon is recommended");
	}

}
