package io.deltasync.console.api;

import io.deltasync.metrics.MetricsText;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The metrics of Links in the REST API, as the command {@code metrics} prints them.
 */
@RestController
class MetricsApi {

	private final ObjectProvider<MetricsText> metrics;

	MetricsApi(ObjectProvider<MetricsText> metrics) {
		this.metrics = metrics;
	}

	@GetMapping("/api/v1/metrics")
	Metrics metrics(Authentication authentication) {
		Caller.of(authentication).checkUnlimited();
		return new Metrics(this.metrics.getObject().read());
	}

	/**
	 * The metrics. The components are its fields in JSON.
	 *
	 * @param text the metrics in Prometheus' text format
	 */
	record Metrics(String text) {

	}

}
