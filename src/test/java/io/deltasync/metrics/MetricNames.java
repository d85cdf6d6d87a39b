package io.deltasync.metrics;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.link.Links;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The names of the metrics that describe Links, as Prometheus knows them.
 */
public final class MetricNames {

	private MetricNames() {
	}

	/**
	 * Returns the names.
	 * @param links at least one Link
	 * @return the names, such as {@code deltasync_running}
	 */
	public static Set<String> of(Links links) {
		CachedSupplier<Map<String, LinkFigures>> figures = new CachedSupplier<>(Map::of, Duration.ZERO, Duration.ZERO,
				Runnable::run, System::nanoTime);
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new LinkMetrics(links, figures, figures, System::nanoTime).bindTo(registry);
		return registry.scrape()
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split("[{ ]", 2)[0])
			.collect(Collectors.toSet());
	}

}
