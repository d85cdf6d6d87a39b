package io.deltasync.http.source.delta;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.http.json.AnswerException;
import org.jspecify.annotations.Nullable;

/**
 * Finds the window of a run, and the cursor of the next one.
 */
public interface DeltaReading {

	/**
	 * Plans the window of a run.
	 * @throws IOException if the server cannot be reached
	 */
	Window plan(LinkContext context) throws IOException, InterruptedException;

	/** Describes a window in words. */
	String describe(Window window);

	/**
	 * Returns the window that a full run reads beside its own one: from its end up to
	 * now. Records that changed since that end would otherwise count as deleted, because
	 * the run does not meet them. The cursor stays at the end of the run's own window.
	 * @param window a window of the run
	 * @param now the source's time after the records of the window were read; null if
	 * they are read later
	 * @return its first step; null unless the run is a full one, the window its own one,
	 * and the run may miss such records
	 */
	default @Nullable Window rest(LinkContext context, Window window, @Nullable Instant now) {
		return null;
	}

	/** Returns the first step of a window, or the window if it is read as a whole. */
	default Window first(Window window) {
		return window;
	}

	/** Returns the step after a step; null if it is the last. */
	default @Nullable Window after(Window step) {
		return null;
	}

	/**
	 * Returns all steps of a window.
	 * @throws AnswerException if there are more than a run can store
	 */
	default List<Window> steps(Window window) {
		return List.of(window);
	}

	/** Describes the steps that follow a step. */
	default String describeNext(Window step) {
		return "";
	}

	/**
	 * Called after a page was read to its end.
	 * @param highest the highest number of the pages that were read
	 */
	default void reached(long highest) {
	}

}
