package io.deltasync.api;

import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * A source that can find a single record by its key. People can then ask where a record
 * is, and deliver it on its own. Each method is called on a new, configured instance,
 * while the Link may be running, and must change nothing.
 */
public interface SourceAdapterForLookup extends SourceAdapterForPull, SourceAdapterForKeys {

	/**
	 * Converts the key of a record from text to the values that its properties have when
	 * the record is fetched.
	 * @param context the Link
	 * @param texts a text for each of the {@link #keyProperties}, as a person types it
	 * and {@link RecordInFlight#key()} prints it
	 * @return the values by the same names, in the same order
	 * @throws IllegalArgumentException if a text is not a value of its property; the
	 * message names the property and says what is expected
	 * @throws Exception if the source cannot be asked
	 */
	Map<String, Object> parseKey(LinkContext context, Map<String, String> texts) throws Exception;

	/**
	 * Returns the scope that consists of the record with a key. {@link #fetchRecords}
	 * returns this record for it, as in any run, or nothing if there is no such record.
	 * @param context the Link
	 * @param key the result of {@link #parseKey}
	 * @return the scope, never null
	 * @throws Exception if the source cannot be asked
	 */
	Object lookupScope(LinkContext context, Map<String, Object> key) throws Exception;

	/**
	 * Returns whether the next delta run would fetch a record, if the source can tell.
	 * @param context the Link with its last successful run, as for a delta run that
	 * starts now
	 * @param key the result of {@link #parseKey}
	 * @return the position of the record; null if there is no such record, and if the
	 * source cannot tell, which is the default
	 * @throws Exception if the source cannot be asked
	 */
	default @Nullable WindowPosition windowPosition(LinkContext context, Map<String, Object> key) throws Exception {
		return null;
	}

	/**
	 * Returns a test of records that were just fetched: whether the next delta run would
	 * fetch them again, because they have changed since the last successful run or may
	 * have been committed late. A verification does not report such records as
	 * differences.
	 * @param context the Link with its last successful run, as for a delta run that
	 * starts now
	 * @return the test; null if the source cannot tell, which is the default
	 * @throws Exception if the source cannot be asked
	 */
	default @Nullable Predicate<RecordInFlight> fetchedByNextRun(LinkContext context) throws Exception {
		return null;
	}

}
