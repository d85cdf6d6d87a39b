package io.deltasync.console.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.deltasync.event.Formats;
import io.deltasync.event.SyncEvent;

/**
 * A bar chart of some runs, drawn as SVG in a coordinate system of its own.
 *
 * @param label what it shows, in words, with the largest value
 * @param width the width of the drawing
 * @param bars the bars, oldest run first
 */
public record Bars(String label, int width, List<Bar> bars) {

	/** The height of the drawing. */
	public static final int HEIGHT = 48;

	private static final int STEP = 10;

	/**
	 * Draws how long runs took.
	 * @param runs the runs, newest first
	 * @return the chart
	 */
	static Bars ofDurations(List<SyncEvent> runs) {
		return of("Duration of the runs below, oldest first; the longest took ", runs,
				(run) -> Math.max(0, Formats.worked(run).toMillis()),
				(millis) -> Formats.duration(Duration.ofMillis(millis)));
	}

	/**
	 * Draws how many records runs fetched.
	 * @param runs the runs, newest first
	 * @return the chart
	 */
	static Bars ofVolumes(List<SyncEvent> runs) {
		return of("Records fetched by the runs below, oldest first; the most were ", runs,
				(run) -> run.records().fetched(), Formats::number);
	}

	private static Bars of(String label, List<SyncEvent> runs, ToLongFunction<SyncEvent> value,
			Function<Long, String> format) {
		long most = runs.stream().mapToLong(value).max().orElse(0);
		List<Bar> bars = new ArrayList<>();
		for (int i = runs.size() - 1; i >= 0; i--) {
			SyncEvent run = runs.get(i);
			long length = value.applyAsLong(run);
			// even the smallest value that is not zero can be seen
			int height = (most == 0 || length == 0) ? 1 : (int) Math.max(2, length * HEIGHT / most);
			bars.add(new Bar(bars.size() * STEP, HEIGHT - height, STEP - 2, height, css(run),
					"event %d: %s".formatted(run.id(), format.apply(length))));
		}
		return new Bars(label + format.apply(most), Math.max(STEP, bars.size() * STEP), bars);
	}

	private static String css(SyncEvent run) {
		return run.success() ? "ok" : run.status().ended() ? "failed" : "running";
	}

	/**
	 * A bar.
	 *
	 * @param x its left edge
	 * @param y its upper edge
	 * @param width its width
	 * @param height its height
	 * @param css the name of its colour in the style sheet
	 * @param title what it shows, in words
	 */
	public record Bar(int x, int y, int width, int height, String css, String title) {
	}

}
