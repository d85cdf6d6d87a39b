package io.deltasync.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;

import io.deltasync.event.SyncEvent;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.reject.Waiting;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.jspecify.annotations.Nullable;

/**
 * How Links stand, whichever process runs them. While the database is away, what it said
 * last is told; windows and rejects grow older all the same. No label holds more than
 * names of Links and words that are known here.
 */
public final class LinkMetrics implements MeterBinder {

	private static final double NANOS = 1e9;

	private final Links links;

	private final CachedSupplier<Map<String, LinkFigures>> figures;

	private final CachedSupplier<?> database;

	private final LongSupplier nanoClock;

	/**
	 * Asks nothing yet.
	 * @param links the Links
	 * @param figures how they stand; with many Links the answer takes its time
	 * @param database whether the database answers: a question of its own, answered at
	 * once
	 * @param nanoClock tells nanoseconds, as {@link System#nanoTime()} does
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
		Gauge.builder("deltasync.database.up", this, (metrics) -> metrics.database.isAnswered() ? 1 : 0)
			.description("1 if the database of the JobRepository answers, else 0")
			.register(registry);
		Gauge.builder("deltasync.figures.age", this, LinkMetrics::figuresAge)
			.description("How long ago the database told how Links stand; NaN: never")
			.baseUnit("seconds")
			.register(registry);
	}

	private void bind(String link, MeterRegistry registry) {
		gauge(link, "deltasync.window.age", (figures) -> age(figures, figures.standing().lastSuccess().sync()))
			.description("How far back the window of the next delta run reaches; NaN: no run was successful yet")
			.baseUnit("seconds")
			.register(registry);
		gauge(link, "deltasync.runs.since.success", (figures) -> figures.standing().runsSinceSuccess())
			.description("How many runs there were since the last successful one; 1,000 are counted at most")
			.register(registry);
		gauge(link, "deltasync.running", (figures) -> figures.running() ? 1 : 0)
			.description("1 while a run holds the Link, in whichever process, else 0")
			.register(registry);
		for (LastRun status : LastRun.values()) {
			gauge(link, "deltasync.last.run", (figures) -> LastRun.of(figures) == status ? 1 : 0)
				.description("1 for the status of the newest run, 0 for all others")
				.tag("status", status.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		bindRejects(link, registry);
		bindDeletes(link, registry);
	}

	private void bindDeletes(String link, MeterRegistry registry) {
		gauge(link, "deltasync.deletes.blocked", LinkFigures::blockedDeletes)
			.description("How many records are not deleted because they are more than max-delete-share")
			.register(registry);
	}

	private void bindRejects(String link, MeterRegistry registry) {
		for (Waiting waiting : Waiting.values()) {
			gauge(link, "deltasync.rejects.waiting", (figures) -> figures.backlog(waiting).count())
				.description("How many records wait to be delivered; those that are holding hold the window, and "
						+ "no delta run fetches those that are left. 10,000 are counted at most")
				.tag("state", waiting.name().toLowerCase(Locale.ROOT))
				.register(registry);
		}
		gauge(link, "deltasync.rejects.holding.age", this::holdingAge)
			.description("How long ago the first of the records failed first that hold the window; 0: there is none")
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

	/** What became of the newest run. */
	private enum LastRun {

		SUCCESSFUL, NOT_SUCCESSFUL, ABORTED, STOPPED, CRASHED, RUNNING, NONE;

		static LastRun of(LinkFigures figures) {
			SyncEvent.Status status = figures.standing().status();
			if (status == null) {
				return NONE;
			}
			return switch (status) {
				case PLANNING, DELAYED, FETCHING -> RUNNING;
				case COMPLETED -> figures.standing().success() ? SUCCESSFUL : NOT_SUCCESSFUL;
				case ABORTED -> ABORTED;
				case STOPPED -> STOPPED;
				case CRASHED -> CRASHED;
			};
		}

	}

}
