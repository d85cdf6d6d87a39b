package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A source that knows, before anything is read, which properties identify its records. A
 * run can then be refused at once when the key of its target does not correspond.
 */
public interface SourceAdapterForKeys extends SourceAdapter {

	/**
	 * Returns the names of the properties that identify a record: those that
	 * {@link RecordInFlight#identifiedBy} is given for each.
	 * @param context what is known of the Link
	 * @return the names, at least one
	 * @throws Exception any exception aborts the run before anything is fetched
	 */
	List<String> keyProperties(LinkContext context) throws Exception;

	/**
	 * Returns the keys of records in the form in which the source compares them: two
	 * records have equal lists exactly when the source could not hold both.
	 * @param context what is known of the Link
	 * @param records records with the properties of their key alone; must not be changed
	 * @return for each record the values of its key, as
	 * {@link TargetAdapterForKeys#canonicalKeys} does; null for a key that could not be
	 * stored. Empty, as by default, when the source cannot tell
	 * @throws Exception what cannot be asked; the call is repeated where that may pass,
	 * and else aborts the run
	 */
	default List<? extends @Nullable List<? extends @Nullable Object>> canonicalKeys(LinkContext context,
			List<RecordInFlight> records) throws Exception {
		return List.of();
	}

}
