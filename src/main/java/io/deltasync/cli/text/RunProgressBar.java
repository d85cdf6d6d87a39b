package io.deltasync.cli.text;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * The progress bar of one run, by a library that an application may lack. Not
 * thread-safe.
 */
final class RunProgressBar implements AutoCloseable {

	/** A class of the library, by which its presence can be checked. */
	static final String LIBRARY = "me.tongfei.progressbar.ProgressBar";

	private static final int UNKNOWN_TOTAL = -1;

	private final ProgressBar bar;

	private RunProgressBar(ProgressBar bar) {
		this.bar = bar;
	}

	/**
	 * Opens a bar on stderr.
	 * @param progress how far the run has come
	 * @param intervalMillis the time between two updates, in milliseconds
	 * @return the bar
	 */
	static RunProgressBar open(Progress progress, int intervalMillis) {
		@Nullable Long total = progress.total();
		return new RunProgressBar(new ProgressBarBuilder()
			.setTaskName(progress.testing() ? progress.link() + " (testing)" : progress.link())
			.setInitialMax((total != null) ? total : UNKNOWN_TOTAL)
			.setConsumer(new ConsoleProgressBarConsumer(System.err))
			.setStyle(ProgressBarStyle.ASCII)
			.setUpdateIntervalMillis(intervalMillis)
			.showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
			.clearDisplayOnFinish()
			.build());
	}

	void stepTo(long records) {
		this.bar.stepTo(records);
	}

	@Override
	public void close() {
		this.bar.close();
	}

}
