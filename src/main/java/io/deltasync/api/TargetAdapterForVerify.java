package io.deltasync.api;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A target that can compare records with what it holds, so that a Link can be verified:
 * each record of the source is compared, through filters and mapping, and rows that no
 * record of the source belongs to are found. No method may change anything.
 */
public interface TargetAdapterForVerify extends TargetAdapterForKeys {

	/**
	 * Compares records with the rows that they would be written to. The comparison is
	 * exact: a record is the same only if its delivery would change no value. Called on
	 * the instance of a lane, like {@link #pushRecords}.
	 * @param context the Link
	 * @param records one or more records as they would be delivered, up to the limit of
	 * {@link #getBatchSizeLimit}; must not be changed
	 * @return a result for each record, in the same order
	 * @throws AbortRunException if no record can be compared; the run is aborted
	 * @throws Exception to fail the batch, which is then compared again in smaller parts
	 * until the failing records are isolated
	 */
	List<Comparison> compare(LinkContext context, List<RecordInFlight> records) throws Exception;

	/**
	 * Counts the rows of the target.
	 * @param context the Link
	 * @param constants values of {@link #keyProperties} that the Link gives each of its
	 * records; other rows belong to others and do not count. May be empty
	 * @return the number of rows
	 * @throws Exception to abort the run; the call is retried after a transient failure
	 */
	long count(LinkContext context, Map<String, Object> constants) throws Exception;

	/**
	 * Returns the keys of the rows that {@link #count} counts. May return more than fits
	 * into memory: the result is consumed once, and closed if it is
	 * {@link AutoCloseable}.
	 * @param context the Link
	 * @param constants as for {@link #count}
	 * @return the values of {@link #keyProperties} of each row, in the same order, of the
	 * types that {@link #canonicalKeys} accepts
	 * @throws Exception to abort the run
	 */
	Iterable<? extends List<? extends @Nullable Object>> keys(LinkContext context, Map<String, Object> constants)
			throws Exception;

}
