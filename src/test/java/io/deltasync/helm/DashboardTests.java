package io.deltasync.helm;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard for Grafana. That its metrics exist is a test of the metrics.
 */
class DashboardTests {

	/** Only these are counted by each process. All others come from the database. */
	private static final List<String> COUNTED = List.of("deltasync_records_total", "deltasync_run_seconds_sum",
			"deltasync_run_seconds_count");

	private static final Pattern USE = Pattern.compile("(\\w+)(?: by \\([^)]*\\) )?\\((deltasync_[a-z_]+)\\{");

	private static ConfigMap map(String values) {
		return Chart.ofExample("serve").with(values).render().get(ConfigMap.class, "sync-dashboard");
	}

	private static List<String> expressions() throws Exception {
		JsonNode dashboard = new JsonMapper()
			.readTree(map("metrics: { dashboard: { enabled: true } }").getData().get("deltasync.json"));
		return StreamSupport.stream(dashboard.get("panels").spliterator(), false)
			.flatMap((panel) -> StreamSupport.stream(panel.get("targets").spliterator(), false))
			.map((target) -> target.get("expr").asText())
			.toList();
	}

	@Test
	void sidecarFindsTheDashboardByItsLabel() {
		assertThat(map("metrics: { dashboard: { enabled: true } }").getMetadata().getLabels())
			.containsEntry("grafana_dashboard", "1");
		assertThat(map("metrics: { dashboard: { enabled: true, annotations: { folder: Data } } }").getMetadata()
			.getAnnotations()).isEqualTo(Map.of("folder", "Data"));
		assertThat(Chart.ofExample("serve").render().all(ConfigMap.class)).hasSize(1);
	}

	@Test
	void figuresThatEachProcessReportsAreNotAdded() throws Exception {
		assertThat(expressions()).hasSizeGreaterThan(10)
			.allSatisfy((expression) -> assertThat(USE.matcher(expression).results()).isNotEmpty()
				.allSatisfy((use) -> assertThat(use.group(1)).as(use.group())
					.isIn(COUNTED.contains(use.group(2)) ? List.of("rate") : List.of("max", "min"))));
	}

}
