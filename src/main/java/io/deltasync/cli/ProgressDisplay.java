package io.deltasync.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a run has come: a bar on stderr with the rate and, where the total is
 * known, the time that is left. It begins when records do, and is gone when the run has
 * ended. Shows nothing where stderr is no terminal.
 */
final class ProgressDisplay implements AutoCloseable {

	private static final int INTERVAL_MILLIS = 200;

	private static final int UNKNOWN_TOTAL = -1;

	private final String link;

	private final ActiveRuns runs;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "deltasync-progress");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable ProgressBar bar;

	private ProgressDisplay(String link, ActiveRuns runs) {
		this.link = link;
		this.runs = runs;
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	static ProgressDisplay of(String link, ActiveRuns runs) {
		ProgressDisplay display = new ProgressDisplay(link, runs);
		if (Terminal.isAtStderr()) {
			display.clock.scheduleAtFixedRate(display::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
		return display;
	}

	private void show() {
		ActiveRun run = this.runs.find(this.link).orElse(null);
		if (run == null || run.recordsThrough() == 0) {
			return;
		}
		if (this.bar == null) {
			this.bar = open(run);
		}
		this.bar.stepTo(run.recordsThrough());
	}

	private ProgressBar open(ActiveRun run) {
		@Nullable Long total = run.expectedTotalRecords();
		return new ProgressBarBuilder().setTaskName(run.isTesting() ? this.link + " (testing)" : this.link)
			.setInitialMax((total != null) ? total : UNKNOWN_TOTAL)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(INTERVAL_MILLIS)
			.showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
			.clearDisplayOnFinish()
			.build();
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
