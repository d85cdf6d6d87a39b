package io.deltasync.cli;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Shows the progress of a run: a bar on stderr with the rate and, if the total is known,
 * the remaining time. Appears with the first records and disappears when the run ends.
 * Shows nothing if stderr is not a terminal or if the library for progress bars is
 * missing.
 */
final class ProgressDisplay implements AutoCloseable {

	private static final int INTERVAL_MILLIS = 200;

	private final String link;

	private final ActiveRuns runs;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "deltasync-progress");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable RunProgressBar bar;

	private ProgressDisplay(String link, ActiveRuns runs) {
		this.link = link;
		this.runs = runs;
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	static ProgressDisplay of(String link, ActiveRuns runs) {
		ProgressDisplay display = new ProgressDisplay(link, runs);
		if (ClassUtils.isPresent(RunProgressBar.LIBRARY, ProgressDisplay.class.getClassLoader())
				&& Terminal.isAtStderr()) {
			display.clock.scheduleAtFixedRate(display::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
		return display;
	}

	private void show() {
		ActiveRun run = this.runs.find(this.link).orElse(null);
		if (run == null || run.counters().recordsThrough() == 0) {
			return;
		}
		if (this.bar == null) {
			this.bar = RunProgressBar.open(run, INTERVAL_MILLIS);
		}
		this.bar.stepTo(run.counters().recordsThrough());
	}

	@Override
	public void close() {
		this.clock.shutdown();
		try {
			this.clock.awaitTermination(1, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (this.bar != null) {
			this.bar.close();
		}
	}

}
