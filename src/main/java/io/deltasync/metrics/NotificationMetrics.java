package io.deltasync.metrics;

import java.util.List;
import java.util.function.ToLongFunction;

import io.deltasync.notice.ChannelFigures;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the notifications of all processes.
 */
public final class NotificationMetrics implements MeterBinder {

	private final CachedSupplier<List<ChannelFigures>> figures;

	/**
	 * Creates the metrics without querying the database.
	 * @param figures the figures of the channels
	 */
	public NotificationMetrics(CachedSupplier<List<ChannelFigures>> figures) {
		this.figures = figures;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		bind("pending", ChannelFigures::pending, registry);
		bind("failing", ChannelFigures::failing, registry);
		bind("expired", ChannelFigures::expired, registry);
	}

	private void bind(String state, ToLongFunction<ChannelFigures> count, MeterRegistry registry) {
		Gauge.builder("deltasync.notifications", this, (metrics) -> metrics.sum(count))
			.description("Number of notifications that are pending, of those among them whose last attempt failed, and "
					+ "of those that have expired and are still stored")
			.tag("state", state)
			.register(registry);
	}

	private double sum(ToLongFunction<ChannelFigures> count) {
		CachedSupplier.Answer<List<ChannelFigures>> answer = this.figures.get();
		return (answer != null) ? answer.value().stream().mapToLong(count).sum() : Double.NaN;
	}

}
