package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Code that talks to a system that records come from. A marker: what a source can do is
 * said by the interfaces it implements beside this one, such as
 * {@link SourceAdapterForPull}.
 * <p>
 * An adapter is a bean of prototype scope; its bean name is what a Link's
 * {@code adapter:} names. DeltaSync makes a fresh instance for every execution context,
 * so an instance is used by one thread at a time and keeps no state from one context to
 * the next. If it is {@link AutoCloseable} it is closed when its context ends: after its
 * planning call, or after the scope that it fetches, and also after a failure. What
 * {@code close} throws is a warning. Instances are also made to check options at start,
 * and closed at once.
 */
public interface SourceAdapter extends Adapter {

	/**
	 * Whether {@code planFetch} and {@code fetchRecords} return all records of the source
	 * in every run, whatever the last successful run was. Every run of such a Link then
	 * counts as a full run when deleted records are looked for. Asked of a configured
	 * instance, before anything is read.
	 * @return false unless overridden; true is a promise: a record that is not returned
	 * is taken for deleted
	 */
	default boolean fetchesEverything() {
		return false;
	}

	/**
	 * Checks what a run would refuse before it fetches anything: that the source can be
	 * reached and holds what the options name. Called for the commands {@code plan} and
	 * {@code validate}, never in a run. Reads no records and changes nothing. Warnings
	 * may be added to the {@link RunContext}.
	 * @param context what is known of the Link and of its last successful run
	 * @throws Exception any exception is reported, with its message
	 */
	default void validate(LinkContext context) throws Exception {
	}

	/**
	 * Returns why no run of the Link can start as it is configured, although its options
	 * as such are valid: for example, a time zone that is not the source's. Called before
	 * each delta run and each full run. A run that is refused leaves no Sync Event, and
	 * the command that starts it ends with exit code 4. Reads no records and changes
	 * nothing.
	 * @param context the Link; the parts about a run are not set yet
	 * @return the reason and what to do, for an operator; null, the default, to start
	 * @throws Exception any exception is ignored here: planning meets it, and may retry
	 */
	default @Nullable String refusal(LinkContext context) throws Exception {
		return null;
	}

	/**
	 * Returns the names of the properties that every record has, if that is known before
	 * records are fetched. The commands {@code plan} and {@code validate} compare them
	 * with the Link's mapping and with the target. A run of a Link with a delta column
	 * compares them with those of the last full run, and warns of changes.
	 * @param context what is known of the Link
	 * @return the names in order; empty, the default, when they are not known
	 * @throws Exception any exception is reported, with its message
	 */
	default List<String> propertyNames(LinkContext context) throws Exception {
		return List.of();
	}

}
