package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A source that knows which properties identify its records before anything is read. A
 * run can then be refused at once if the target has a different key.
 */
public interface SourceAdapterForKeys extends SourceAdapter {

	/**
	 * Returns the names of the properties that identify a record, the same names that are
	 * set by {@link RecordInFlight#identifiedBy}.
	 * @param context the Link
	 * @return one or more names
	 * @throws Exception to abort the run before anything is fetched
	 */
	List<String> keyProperties(LinkContext context) throws Exception;

	/**
	 * Returns the keys of records in the form in which the source compares them: two
	 * records have equal keys exactly if the source could not hold both.
	 * @param context the Link
	 * @param records records that have only the properties of their key; must not be
	 * changed
	 * @return the key values of each record, as in
	 * {@link TargetAdapterForKeys#canonicalKeys}, with null for a key that the source
	 * could not store. An empty list, the default, if the source does not know its
	 * canonical keys
	 * @throws Exception to abort the run; the call is retried after a transient failure
	 */
	default List<? extends @Nullable List<? extends @Nullable Object>> canonicalKeys(LinkContext context,
			List<RecordInFlight> records) throws Exception {
		return List.of();
	}

	/**
	 * Whether the source itself guarantees that no two of its records have the same key.
	 * A verification then takes equal numbers of records and rows as proof that no row is
	 * left over; otherwise it reads all records a second time to compare the keys.
	 * @param context the Link
	 * @return true only if, for example, a unique index guarantees it; false, the
	 * default, if the source cannot know
	 * @throws Exception to abort the verification; the call is retried after a transient
	 * failure
	 */
	default boolean hasUniqueKeys(LinkContext context) throws Exception {
		return false;
	}

}
