package io.deltasync.helm;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.deltasync.link.Links;
import io.deltasync.metrics.MetricNames;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alerts of the PrometheusRule.
 */
class AlertTests {

	private static final Pattern METRIC = Pattern.compile("(deltasync_[a-z_]+)\\{([^}]*)}");

	private static final String OWN = "namespace=\"sync\",service=\"sync-serve\"";

	@Test
	void alertsUseMetricsThatServeExposes() {
		Links links = ChartConfigurationTests
			.links(ChartConfigurationTests.environment(Chart.ofExample("serve").with("""
					links:
					  pushed:
					    config:
					      source: { adapter: push, key: id }
					      target: { adapter: jdbc, connection: crm, table: pushed, key: id }
					""").render(), "sync-serve"));

		assertThat(metrics()).isNotEmpty().isSubsetOf(MetricNames.of(links));
	}

	@Test
	void alertsConcernThisReleaseOnly() {
		assertThat(rules("")).allSatisfy((rule) -> assertThat(METRIC.matcher(expression(rule)).results()).isNotEmpty()
			.allSatisfy((use) -> assertThat(use.group(2)).startsWith(OWN)));
	}

	@Test
	void alertsHaveADescriptionAndASeverity() {
		assertThat(rules("")).extracting((rule) -> rule.get("alert")).doesNotHaveDuplicates();
		assertThat(rules("")).allSatisfy((rule) -> {
			assertThat(rule).extractingByKey("annotations")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsKeys("summary", "description");
			assertThat(rule).extractingByKey("labels")
				.asInstanceOf(InstanceOfAssertFactories.MAP)
				.containsKey("severity");
		});
	}

	@Test
	void ageOfTheWindowAndAdditionalRulesCanBeConfigured() {
		List<Map<String, Object>> rules = rules("""
				metrics:
				  prometheusRule:
				    windowAgeSeconds: 3600000
				    additionalRules: [{ alert: Mine, expr: 'vector(1)' }]
				""");

		assertThat(rules).extracting(AlertTests::expression)
			.contains("max by (link) (deltasync_window_age_seconds{" + OWN + "}) > 3600000", "vector(1)");
	}

	@Test
	void rulesAreFoundByTheirLabels() {
		assertThat(rule("").getMetadata().getLabels()).containsEntry("release", "prometheus");
		assertThat(Chart.ofExample("cronjobs").render().all(GenericKubernetesResource.class)).isEmpty();
	}

	private static Set<String> metrics() {
		return rules("").stream()
			.flatMap((rule) -> METRIC.matcher(expression(rule)).results())
			.map((use) -> use.group(1))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static String expression(Map<String, Object> rule) {
		return String.valueOf(rule.get("expr"));
	}

	private static List<Map<String, Object>> rules(String values) {
		return rule(values).get("spec", "groups", 0, "rules");
	}

	private static GenericKubernetesResource rule(String values) {
		return Chart.ofExample("serve")
			.with(values)
			.render()
			.all(GenericKubernetesResource.class)
			.stream()
			.filter((object) -> object.getKind().equals("PrometheusRule"))
			.findFirst()
			.orElseThrow();
	}

}
