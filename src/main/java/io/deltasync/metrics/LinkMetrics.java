package io.deltasync.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

import io.deltasync.event.SyncEvent;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Waiting;
import io.deltasync.verified.LastVerification;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * Metrics of Links, whichever process runs them. During an outage of the database the
 * last figures are kept, while the ages of windows and rejects continue to grow. Labels
 * only have names of Links and a fixed set of words as values.
 */
public final class LinkMetrics implements MeterBinder {

	private static final double NANOS = 1e9;

	private final Links links;

	private final CachedSupplier<Map<String, LinkFigures>> figures;

	private final CachedSupplier<?> database;

	private final LongSupplier nanoClock;

	/**
	 * Creates the metrics without querying the database.
	 * @param links the Links
	 * @param figures their figures, which take long to read with many Links
	 * @param database a quick query, which succeeds if the database answers
	 * @param nanoClock a clock in nanoseconds, such as {@link System#nanoTime()}
	 */
	public LinkMetrics(Links links, CachedSupplier<Map<String, LinkFigures>> figures, CachedSupplier<?> database,
			LongSupplier nanoClock) {
		this.links = links;
		this.figures = figures;
		this.database = database;
		this.nanoClock = nanoClock;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		this.links.all().stream().map(Link::name).forEach((link) -> bind(link, registry));
		this.links.all()
			.stream()
			.filter(Link::takesPushes)
			.map(Link::name)
			.forEach((link) -> bindPushes(link, registry));
		Gauge.builder("deltasync.database.up", this, (metrics) -> metrics.database.isAnswered() ? 1 : 0)
			.description("1 if the database of the JobRepository answers, otherwise 0")
			.register(registry);
		Gauge.builder("deltasync.figures.age", this, LinkMetrics::figuresAge)
			.description("Age of the figures of Links; NaN if they were never read")
			.baseUnit("seconds")
			.register(registry);
	}

	private void bind(String link, MeterRegistry registry) {
		gauge(link, "deltasync.window.age", (figures) -> age(figures, figures.linkStatus().lastSuccess().sync()))
			.description("Age of the window of the next delta run; NaN if no run was successful yet")
			.baseUnit("seconds")
			.register(registry);
		gauge(link, "deltasync.runs.since.success", (figures) -> figures.linkStatus().runsSinceSuccess())
			.description("Number of runs since the last successful one, counted up to 1,000")
			.register(registry);
		gauge(link, "deltasync.running", (figures) -> figures.running() ? 1 : 0)
			.description("1 while a run in any process holds the Link, otherwise 0")
			.register(registry);
		for (LastRun status : LastRun.values()) {
			gauge(link, "deltasync.last.run", (figures) -> LastRun.of(figures) == status ? 1 : 0)
				.description("1 for the status of the newest run, 0 for all others")
				.tag("status", status.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		bindRejects(link, registry);
		bindDeletes(link, registry);
		bindVerification(link, registry);
	}

	private void bindVerification(String link, MeterRegistry registry) {
		gauge(link, "deltasync.verified",
				(figures) -> (figures.verification() != null) ? age(figures, figures.verification().provenAt())
						: Double.NaN)
			.description("Age of the last verification that proved the Link in step; NaN if none did")
			.baseUnit("seconds")
			.register(registry);
		Map<String, ToLongFunction<LastVerification>> kinds = Map.of("missing", LastVerification::missing, "different",
				LastVerification::different, "gone", LastVerification::gone);
		kinds.forEach((kind, count) -> gauge(link, "deltasync.verify.differences",
				(figures) -> (figures.verification() != null) ? count.applyAsLong(figures.verification()) : Double.NaN)
			.description(
					"Number of differences that the last verification found and did not repair; NaN if there was none")
			.tag("kind", kind)
			.register(registry));
	}

	private void bindPushes(String link, MeterRegistry registry) {
		gauge(link, "deltasync.pushes.waiting",
				(figures) -> (figures.pushes() != null) ? figures.pushes().requests() : 0)
			.description("Number of pushed requests that wait to be delivered")
			.register(registry);
		gauge(link, "deltasync.pushes.waiting.size",
				(figures) -> (figures.pushes() != null) ? figures.pushes().bytes() : 0)
			.description("Size of the bodies of pushed requests that wait to be delivered")
			.baseUnit("bytes")
			.register(registry);
		gauge(link, "deltasync.pushes.age",
				(figures) -> (figures.pushes() != null) ? age(figures, figures.pushes().oldest()) : 0)
			.description("Age of the oldest pushed request that waits to be delivered; 0 if none waits")
			.baseUnit("seconds")
			.register(registry);
	}

	private void bindDeletes(String link, MeterRegistry registry) {
		gauge(link, "deltasync.deletes.blocked", LinkFigures::blockedDeletes)
			.description("Number of records that are not deleted because they exceed max-delete-share")
			.register(registry);
	}

	private void bindRejects(String link, MeterRegistry registry) {
		for (Waiting waiting : Waiting.values()) {
			gauge(link, "deltasync.rejects.waiting", (figures) -> figures.backlog(waiting).count())
				.description(
						"Number of records that wait to be delivered, counted up to 10,000; those in state holding "
								+ "hold the window, and no delta run fetches those in state left")
				.tag("state", waiting.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		gauge(link, "deltasync.rejects.holding.age", this::holdingAge)
			.description("Time since the first failure of the oldest record that holds the window; 0 if there is none")
			.baseUnit("seconds")
			.register(registry);
	}

	private Gauge.Builder<LinkMetrics> gauge(String link, String name, ToDoubleFunction<LinkFigures> value) {
		return Gauge.builder(name, this, (metrics) -> metrics.value(link, value)).tag("link", link);
	}

	private double value(String link, ToDoubleFunction<LinkFigures> value) {
		CachedSupplier.Answer<Map<String, LinkFigures>> answer = this.figures.get();
		LinkFigures ofLink = (answer != null) ? answer.value().get(link) : null;
		return (ofLink != null) ? value.applyAsDouble(ofLink) : Double.NaN;
	}

	private double holdingAge(LinkFigures figures) {
		Instant oldest = figures.backlog(Waiting.HOLDING).oldest();
		return (oldest != null) ? age(figures, oldest) : 0;
	}

	private double age(LinkFigures figures, @Nullable Instant since) {
		return (since != null) ? Duration.between(since, figures.asOf()).toMillis() / 1000.0 + figuresAge()
				: Double.NaN;
	}

	private double figuresAge() {
		CachedSupplier.Answer<Map<String, LinkFigures>> answer = this.figures.get();
		return (answer != null) ? (this.nanoClock.getAsLong() - answer.nanos()) / NANOS : Double.NaN;
	}

	/** The status of the newest run. */
	private enum LastRun {

		SUCCESSFUL, NOT_SUCCESSFUL, ABORTED, STOPPED, CRASHED, RUNNING, NONE;

		static LastRun of(LinkFigures figures) {
			SyncEvent.Status status = figures.linkStatus().status();
			if (status == null) {
				return NONE;
			}
			return switch (status) {
				case PLANNING, DELAYED, FETCHING -> RUNNING;
				case COMPLETED -> figures.linkStatus().success() ? SUCCESSFUL : NOT_SUCCESSFUL;
				case ABORTED -> ABORTED;
				case STOPPED -> STOPPED;
				case CRASHED -> CRASHED;
			};
		}

	}

}
