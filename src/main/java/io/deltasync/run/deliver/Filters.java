package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.link.LinkFilter;
import io.deltasync.link.LinkFilter.Position;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.run.retry.Instances;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;

/**
 * The filters of a Link that are valid for this run. Not thread-safe; each lane has its
 * own.
 */
final class Filters {

	private final List<FilterCall> beforeMapping;

	private final List<FilterCall> afterMapping;

	private final List<RecordFilter> made = new ArrayList<>();

	/**
	 * Creates an instance of each filter, in the lane's execution context.
	 * @param filters the Link's filters
	 * @param context the context passed to the filters
	 * @param retries the retries of their calls
	 * @throws AbortRunException if the {@code validFor} method of a filter fails
	 */
	Filters(List<LinkFilter> filters, LinkContext context, Retries retries) {
		try {
			this.beforeMapping = of(filters, Position.BEFORE_MAPPING, context, retries);
			this.afterMapping = of(filters, Position.AFTER_MAPPING, context, retries);
		}
		catch (RuntimeException ex) {
			close();
			throw ex;
		}
	}

	/**
	 * Closes all instances, at the end of their execution context.
	 * @return their warnings
	 */
	List<String> close() {
		return Instances.close(this.made);
	}

	private List<FilterCall> of(List<LinkFilter> filters, Position at, LinkContext context, Retries retries) {
		List<FilterCall> found = new ArrayList<>();
		for (LinkFilter filter : filters) {
			if (filter.at() != at) {
				continue;
			}
			RecordFilter instance = filter.instances().get();
			this.made.add(instance);
			if (isValid(instance, filter.name(), context, retries)) {
				found.add(new FilterCall(filter.name(), instance, context, retries));
			}
		}
		return found;
	}

	private static boolean isValid(RecordFilter filter, String name, LinkContext context, Retries retries) {
		try {
			return retries.call("validFor of the filter '%s'".formatted(name), () -> filter.validFor(context));
		}
		catch (RunEndsException | LeaseLostException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new AbortRunException(
					"validFor of the filter '%s' (%s) failed".formatted(name, filter.getClass().getName()), ex);
		}
	}

	/**
	 * Filters records before they are mapped. Failed and ignored records are not passed
	 * to filters.
	 * @param batch the records; the outcome of those that do not continue is marked
	 * @return the records that continue, in their order
	 * @throws AbortRunException if a filter adds records or reports that the run cannot
	 * continue, or if a resource that it needs is not available
	 */
	List<BatchRecord> before(List<BatchRecord> batch) {
		return process(this.beforeMapping, unmarked(batch));
	}

	/**
	 * Filters records after they were mapped.
	 * @param batch the records that were mapped without error; the outcome of those that
	 * do not continue is marked
	 * @return the records that continue, in their order
	 * @throws AbortRunException as for {@link #before}
	 */
	List<BatchRecord> after(List<BatchRecord> batch) {
		return process(this.afterMapping, batch);
	}

	private static List<BatchRecord> process(List<FilterCall> filters, List<BatchRecord> batch) {
		List<BatchRecord> left = batch;
		for (FilterCall filter : filters) {
			left = filter.process(left);
		}
		return left;
	}

	private static List<BatchRecord> unmarked(List<BatchRecord> batch) {
		List<BatchRecord> unmarked = new ArrayList<>(batch.size());
		for (BatchRecord batchRecord : batch) {
			if (batchRecord.record.isFailed()) {
				batchRecord.failedAt = Reject.Stage.FILTER;
				// its properties may differ from those in the source
				batchRecord.notRestorable = "it came failed from its source, so it must be fetched again";
			}
			else if (!batchRecord.record.isIgnored() && hasUsableKey(batchRecord)) {
				unmarked.add(batchRecord);
			}
		}
		return unmarked;
	}

	/**
	 * Whether a record can be recognised by its key. Otherwise a failure, a delivery or a
	 * deletion could not be assigned to it later.
	 */
	private static boolean hasUsableKey(BatchRecord batchRecord) {
		String problem = RecordIdentity.keyProblem(batchRecord.record);
		if (problem != null) {
			batchRecord.record.addError(problem);
			batchRecord.failedAt = Reject.Stage.FILTER;
			batchRecord.notRestorable = "it cannot be recognised by its key";
		}
		return problem == null;
	}

}
