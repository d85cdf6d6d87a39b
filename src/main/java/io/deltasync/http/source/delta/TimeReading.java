package io.deltasync.http.source.delta;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RunContext;
import io.deltasync.http.connection.HttpAnswer;
import io.deltasync.http.connection.HttpCall;
import io.deltasync.http.connection.HttpConnection;
import io.deltasync.http.connection.HttpRefusedException;
import io.deltasync.http.json.AnswerException;
import io.deltasync.http.source.options.DeltaOptions;
import org.jspecify.annotations.Nullable;

/**
 * Finds the window of a run by time. Its end is the source's clock, which the server
 * tells with every answer, read before the first record is asked for; it becomes the next
 * cursor.
 */
public final class TimeReading implements DeltaReading {

	private static final String TIME = "time:";

	/** The lowest status of a server, or of a proxy before it, that fails. */
	private static final int SERVER_ERROR = 500;

	private static final int MOST_STEPS = 100_000;

	private final HttpConnection connection;

	private final String property;

	private final Duration overlap;

	private final Duration settle;

	private final @Nullable Instant start;

	private final @Nullable Duration step;

	private final boolean needed;

	private final boolean limited;

	/**
	 * Creates a reading.
	 * @param options the options; null for their default values
	 * @param needed whether the window matters; otherwise everything is read each time
	 * @param limited whether a run may miss records that change after the end of the
	 * window
	 */
	public TimeReading(HttpConnection connection, @Nullable DeltaOptions options, boolean needed, boolean limited) {
		this.connection = connection;
		this.needed = needed;
		this.limited = limited;
		this.property = (options != null && options.property() != null) ? options.property() : "";
		this.overlap = (options != null) ? options.overlap() : Duration.ofMinutes(1);
		this.settle = (options != null) ? options.settle() : Duration.ZERO;
		this.step = (options != null) ? options.step() : null;
		Instant first = (options != null) ? options.start() : null;
		this.start = (first != null) ? first.truncatedTo(ChronoUnit.SECONDS) : null;
	}

	@Override
	public Window plan(LinkContext context) throws IOException, InterruptedException {
		if (!this.needed) {
			return new Window(null, context.runTimestamp(), context.runTimestamp());
		}
		RunContext run = RunContext.currentContext();
		Instant now = now();
		if (now == null) {
			now = context.runTimestamp().truncatedTo(ChronoUnit.SECONDS);
			run.addWarning(
					"The source does not say what time it is, so the run ends at DeltaSync's own time; if the source's clock is behind, raise delta.settle");
		}
		Instant until = now.minus(this.settle);
		Instant last = last(context, run);
		if (last != null && until.isBefore(last)) {
			run.addWarning("The clock of the source stands at %s, before the last run's %s; the run reads from there on"
				.formatted(until, last));
			until = last;
		}
		Instant since = (last != null) ? last.minus(this.overlap) : this.start;
		Window window = new Window((since != null) ? since.truncatedTo(ChronoUnit.SECONDS) : null, until,
				context.runTimestamp());
		run.setCursor(TIME + this.property + ":" + until);
		return window;
	}

	@Override
	public @Nullable Window rest(LinkContext context, Window window, @Nullable Instant now) {
		if (!this.limited || !context.isFullRun() || window.rest()) {
			return null;
		}
		Instant planned = window.last().plus(this.settle);
		Instant end = (now != null && now.isAfter(planned)) ? now : planned;
		// the source says whole seconds
		return first(new Window(window.last(), end.plusSeconds(1), window.run(), null, true, null));
	}

	@Override
	public Window first(Window window) {
		return window.first(this.step);
	}

	@Override
	public @Nullable Window after(Window step) {
		return step.after(this.step);
	}

	@Override
	public List<Window> steps(Window window) {
		List<Window> steps = new ArrayList<>();
		for (Window step = first(window); step != null; step = after(step)) {
			steps.add(step);
			if (steps.size() > MOST_STEPS) {
				throw new AnswerException(
						"The window %s has more than %,d steps of %s; give a longer delta.step, or a later delta.start"
							.formatted(describe(window), MOST_STEPS, text(this.step)));
			}
		}
		return steps;
	}

	/** Returns the source's time, in whole seconds; null if it does not say it. */
	private @Nullable Instant now() throws IOException, InterruptedException {
		HttpCall call = new HttpCall("HEAD", "", List.of(), Map.of(), null, true);
		try (HttpAnswer answer = this.connection.send(call)) {
			Instant now = answer.date();
			if (now == null && answer.status() >= SERVER_ERROR) {
				throw new AnswerException(
						"HEAD %s answered with status %d and without the header Date, so the end of the window is unknown; run the Link again"
							.formatted(answer.shownUri(), answer.status()));
			}
			return now;
		}
		catch (HttpRefusedException ex) {
			// the start of an API may lead to its documentation elsewhere
			return null;
		}
	}

	private @Nullable Instant last(LinkContext context, RunContext run) {
		String cursor = context.lastSuccessfulCursor();
		if (cursor == null) {
			Instant sync = context.isFullRun() ? null : context.lastSuccessfulSync();
			if (sync != null) {
				run.addWarning(
						"There is no cursor yet; reads the changes since the last successful sync, by DeltaSync's clock: "
								+ sync);
			}
			return sync;
		}
		String prefix = TIME + this.property + ":";
		try {
			if (cursor.startsWith(prefix)) {
				return Instant.parse(cursor.substring(prefix.length()));
			}
		}
		catch (DateTimeParseException ex) {
			// reported by the warning below
		}
		run.addWarning(("The last run's cursor '%s' is not one of this delta, perhaps because the Link was changed "
				+ "since; everything is read, once")
			.formatted(cursor));
		return this.start;
	}

	@Override
	public String describe(Window window) {
		if (!this.needed) {
			return "everything";
		}
		return (window.since() == null) ? "everything up to " + window.until()
				: "%s to %s, overlap %s".formatted(window.since(), window.until(), text(this.overlap));
	}

	@Override
	public String describeNext(Window step) {
		return (after(step) == null) ? ""
				: ", then the next steps of %s up to %s".formatted(text(this.step), step.last());
	}

	private static String text(@Nullable Duration duration) {
		return Objects.toString(duration).substring(2);
	}

}
