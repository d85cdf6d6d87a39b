package io.deltasync.api;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A target that knows by which properties it finds the row of a record, and which of
 * their values it takes for equal: 7 and '0007' in a column of numbers, or 'a' and 'A'
 * where case does not matter. Then nothing is deleted that the source still has under
 * another spelling, and no rejected version is written over a newer one.
 * <p>
 * Of a target that does not implement this, keys are compared as the mapping makes them:
 * by type and value.
 */
public interface TargetAdapterForKeys extends TargetAdapter {

	/**
	 * Returns the names of the properties that form the key at the target.
	 * @param context what is known of the Link
	 * @return the names as the target has them, at least one; a property whose name
	 * differs in case alone is the same
	 * @throws Exception any exception aborts the run before anything is fetched
	 */
	List<String> keyProperties(LinkContext context) throws Exception;

	/**
	 * Returns the keys of records in the form in which the target compares them: two
	 * records have equal lists exactly when they go to the same row.
	 * @param context what is known of the Link
	 * @param records the records as they would be delivered, or with the properties of
	 * their key alone; must not be changed
	 * @return for each record the values of its key, of types that an adapter may use for
	 * keys: numbers, texts, binaries, {@code java.time}, UUIDs and booleans; null for a
	 * record whose key is not there or could not be stored
	 * @throws Exception what cannot be asked; the call is repeated where that may pass,
	 * and else aborts the run
	 */
	List<? extends @Nullable List<? extends @Nullable Object>> canonicalKeys(LinkContext context,
			List<RecordInFlight> records) throws Exception;

}
