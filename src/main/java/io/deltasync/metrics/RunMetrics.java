package io.deltasync.metrics;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

import io.deltasync.event.Mode;
import io.deltasync.event.Outcome;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunListener;
import io.deltasync.run.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Metrics of the runs of this process.
 */
public final class RunMetrics implements MeterBinder, RunListener {

	private final Links links;

	private final ActiveRuns runs;

	private final List<MeterRegistry> registries = new CopyOnWriteArrayList<>();

	/**
	 * Creates the metrics and registers them as a listener of the runs.
	 * @param links the Links, each of which has metrics before its first run
	 * @param runs the runs of this process
	 */
	public RunMetrics(Links links, ActiveRuns runs) {
		this.links = links;
		this.runs = runs;
		runs.addListener(this);
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		for (Link link : this.links.all()) {
			Tally tally = this.runs.tally(link.name());
			counter(link, tally, "written", Tally::written, registry);
			counter(link, tally, "failed", Tally::failed, registry);
			counter(link, tally, "ignored", Tally::ignored, registry);
			counter(link, tally, "dropped", Tally::dropped, registry);
		}
		this.registries.add(registry);
	}

	private static void counter(Link link, Tally tally, String outcome, ToDoubleFunction<Tally> count,
			MeterRegistry registry) {
		FunctionCounter.builder("deltasync.records", tally, count)
			.description("Number of records of this process's runs by outcome")
			.tag("link", link.name())
			.tag("outcome", outcome)
			.register(registry);
	}

	@Override
	public void ended(ActiveRun run) {
		if (run.parameters().mode() != Mode.SET && !run.parameters().isVerification()) {
			for (MeterRegistry registry : this.registries) {
				Timer.builder("deltasync.run")
					.description("Duration of this process's runs")
					.tag("link", run.link().name())
					.tag("outcome", outcome(run.ending().outcome()))
					.register(registry)
					.record(run.age());
			}
		}
	}

	private static String outcome(Outcome outcome) {
		return switch (outcome) {
			case COMPLETED -> "successful";
			case COMPLETED_WITH_FAILURES -> "not_successful";
			default -> outcome.name().toLowerCase(Locale.ROOT);
		};
	}

}
