package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * An adapter of a system that records come from. The further interfaces that an adapter
 * implements, such as {@link SourceAdapterForPull}, define what the source can do.
 * <p>
 * An adapter is a prototype-scoped bean; a Link refers to its bean name in
 * {@code adapter:}. DeltaSync creates a new instance for every execution context, so an
 * instance is used by one thread at a time, and must not rely on state from another
 * context. An instance that is {@link AutoCloseable} is closed when its context ends:
 * after its planning call, or after the scope that it fetches, also after a failure. An
 * exception thrown by {@code close} is reported as a warning. Instances are also created
 * at startup to check the options, and closed at once.
 */
public interface SourceAdapter extends Adapter {

	/**
	 * Whether {@code planFetch} and {@code fetchRecords} return all records of the source
	 * in every run, regardless of the last successful run. Every run of such a Link then
	 * counts as a full run when deleted records are detected. Called on a configured
	 * instance before anything is read.
	 * @return false by default. Returning true is a promise: records that are not
	 * returned are considered deleted
	 */
	default boolean fetchesEverything() {
		return false;
	}

	/**
	 * Checks that a run could start fetching: that the source can be reached and contains
	 * what the options name. Called by the commands {@code plan} and {@code validate},
	 * never in a run. Must read no records and change nothing. Warnings may be added to
	 * the {@link RunContext}.
	 * @param context the Link and its last successful run
	 * @throws Exception to report a problem, with the exception's message
	 */
	default void validate(LinkContext context) throws Exception {
	}

	/**
	 * Returns the reason why no run of the Link can start as configured, although the
	 * options themselves are valid: for example, a time zone that differs from the
	 * source's. Called before each delta run and each full run. A refused run leaves no
	 * Sync Event, and the command that starts it ends with exit code 4. Must read no
	 * records and change nothing.
	 * @param context the Link; nothing of the run is known yet, and the run timestamp is
	 * the current time
	 * @return the reason and its remedy, written for operators; null, the default, to
	 * start
	 * @throws Exception any exception is ignored here: planning will encounter it and may
	 * retry
	 */
	default @Nullable String refusal(LinkContext context) throws Exception {
		return null;
	}

	/**
	 * Returns the names of the properties that every record has, if they are known before
	 * records are fetched. The commands {@code plan} and {@code validate} compare them
	 * with the Link's mapping and with the target. A run of a Link with a delta column
	 * compares them with those of the last full run, and warns of changes.
	 * @param context the Link
	 * @return the names in order; empty, the default, if they are not known
	 * @throws Exception to report a problem, with the exception's message
	 */
	default List<String> propertyNames(LinkContext context) throws Exception {
		return List.of();
	}

}
