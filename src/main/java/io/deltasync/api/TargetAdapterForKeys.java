package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A target that knows which properties form the key of a record, and which key values it
 * considers equal: 7 and '0007' in a numeric column, or 'a' and 'A' if case does not
 * matter. This prevents the deletion of a record that the source still has under another
 * spelling, and the delivery of a rejected version over a newer one.
 * <p>
 * For targets that do not implement this interface, keys are compared by type and value
 * as the mapping produces them.
 */
public interface TargetAdapterForKeys extends TargetAdapter {

	/**
	 * Returns the names of the properties that form the key at the target.
	 * @param context the Link
	 * @return one or more names as the target spells them; property names are matched
	 * without regard to case
	 * @throws Exception to abort the run before anything is fetched
	 */
	List<String> keyProperties(LinkContext context) throws Exception;

	/**
	 * Returns the keys of records in the form in which the target compares them: two
	 * records have equal keys exactly if they are written to the same row.
	 * @param context the Link
	 * @param records the records as they would be delivered, or with only the properties
	 * of their key; must not be changed
	 * @return the key values of each record, of the types allowed for keys: numbers,
	 * texts, binaries, {@code java.time} types, UUIDs and booleans; null for a record
	 * whose key is missing or could not be stored
	 * @throws Exception to abort the run; the call is retried after a transient failure
	 */
	List<? extends @Nullable List<? extends @Nullable Object>> canonicalKeys(LinkContext context,
			List<RecordInFlight> records) throws Exception;

}
