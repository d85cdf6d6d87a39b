package io.deltasync.metrics;

import java.time.Duration;
import java.util.Map;

import io.deltasync.link.Links;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * Prints the metrics of Links in Prometheus' text format.
 */
public final class MetricsText {

	private final Links links;

	private final Figures figures;

	/**
	 * Creates a printer.
	 * @param links the Links to print
	 * @param figures reads their figures
	 */
	public MetricsText(Links links, Figures figures) {
		this.links = links;
		this.figures = figures;
	}

	/**
	 * Reads the figures from the database and formats them.
	 * @return lines that end with a line feed
	 * @throws org.springframework.dao.DataAccessException when the database is not
	 * available
	 */
	public String read() {
		Map<String, LinkFigures> read = this.figures.read();
		long now = System.nanoTime();
		CachedSupplier<Map<String, LinkFigures>> cached = new CachedSupplier<>(() -> read, Duration.ofDays(1),
				Duration.ofDays(1), Runnable::run, () -> now);
		PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
		new LinkMetrics(this.links, cached, cached, () -> now).bindTo(registry);
		return registry.scrape();
	}

}
