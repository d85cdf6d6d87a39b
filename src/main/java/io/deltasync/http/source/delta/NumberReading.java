package io.deltasync.http.source.delta;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes by a number that grows with each change. The cursor of the next run is
 * the highest number that the run has read.
 */
public final class NumberReading implements DeltaReading {

	private static final long DEFAULT_OVERLAP = 1000;

	private final String prefix;

	private final long overlap;

	private final @Nullable Long start;

	/**
	 * Creates a reading.
	 * @param property the property that has the number
	 * @param overlap how far a run reads back; null for the usual number
	 * @param start the number from which everything is read; null for none
	 */
	public NumberReading(String property, @Nullable Long overlap, @Nullable Long start) {
		this.prefix = "number:" + property + ":";
		this.overlap = (overlap != null) ? overlap : DEFAULT_OVERLAP;
		this.start = start;
	}

	@Override
	public Window plan(LinkContext context) {
		Long last = last(context);
		Long number = (last != null) ? Long.valueOf(Math.max(0, last - this.overlap)) : this.start;
		return new Window(null, context.runTimestamp(), context.runTimestamp(), null, false, number);
	}

	private @Nullable Long last(LinkContext context) {
		String cursor = context.lastSuccessfulCursor();
		if (cursor == null) {
			return null;
		}
		String digits = cursor.startsWith(this.prefix) ? cursor.substring(this.prefix.length()) : "";
		if (!digits.matches("\\d{1,18}")) {
			RunContext.currentContext()
				.addWarning(
						("The last run's cursor '%s' is not one of this delta, perhaps because the Link was changed "
								+ "since; everything is read, once")
							.formatted(cursor));
			return null;
		}
		return Long.valueOf(digits);
	}

	@Override
	public void reached(long highest) {
		RunContext.currentContext().setCursor(this.prefix + highest);
	}

	@Override
	public String describe(Window window) {
		return (window.number() == null) ? "everything"
				: "from number %d, overlap %d".formatted(window.number(), this.overlap);
	}

}
