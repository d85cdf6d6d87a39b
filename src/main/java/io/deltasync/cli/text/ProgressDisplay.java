package io.deltasync.cli.text;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Shows the progress of a run: a bar on stderr with the rate and, if the total is known,
 * the remaining time. Appears with the first records and disappears when the run ends.
 * Shows nothing if stderr is not a terminal or if the library for progress bars is
 * missing.
 */
public final class ProgressDisplay implements AutoCloseable {

	private static final int INTERVAL_MILLIS = 200;

	private final Supplier<@Nullable Progress> progress;

	private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "deltasync-progress");
		thread.setDaemon(true);
		return thread;
	});

	private @Nullable RunProgressBar bar;

	private ProgressDisplay(Supplier<@Nullable Progress> progress) {
		this.progress = progress;
	}

	/**
	 * Opens the display.
	 * @param progress returns how far the run has come; null before its start
	 * @return the display
	 */
	@SuppressWarnings("FutureReturnValueIgnored")
	public static ProgressDisplay of(Supplier<@Nullable Progress> progress) {
		ProgressDisplay display = new ProgressDisplay(progress);
		if (ClassUtils.isPresent(RunProgressBar.LIBRARY, ProgressDisplay.class.getClassLoader())
				&& Terminal.isAtStderr()) {
			display.clock.scheduleAtFixedRate(display::show, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		}
		return display;
	}

	private void show() {
		Progress reached = this.progress.get();
		if (reached == null || reached.records() == 0) {
			return;
		}
		if (this.bar == null) {
			this.bar = RunProgressBar.open(reached, INTERVAL_MILLIS);
		}
		this.bar.stepTo(reached.records());
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
