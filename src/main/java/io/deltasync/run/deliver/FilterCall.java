package io.deltasync.run.deliver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.reject.Reject;
import io.deltasync.run.retry.Bisection;
import io.deltasync.run.retry.Messages;
import io.deltasync.run.retry.Retries;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.UnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A filter in one lane. A batch on which the filter fails is split until the failing
 * records are isolated. Not thread-safe.
 */
final class FilterCall {

	private final String name;

	private final RecordFilter filter;

	private final LinkContext context;

	private final Retries retries;

	FilterCall(String name, RecordFilter filter, LinkContext context, Retries retries) {
		this.name = name;
		this.filter = filter;
		this.context = context;
		this.retries = retries;
	}

	/**
	 * Filters records.
	 * @param batch records that are neither failed nor ignored; the outcome of those that
	 * do not continue is marked
	 * @return the records that continue, in their order
	 */
	List<BatchRecord> process(List<BatchRecord> batch) {
		List<BatchRecord> left = new ArrayList<>(batch.size());
		try {
			new Bisection<BatchRecord>(toString(), this.retries.begin("process of " + this),
					(batchRecord) -> batchRecord.record, (part) -> left.addAll(call(part)), this::reject)
				.run(batch);
		}
		catch (AbortRunException | LeaseLostException | RunEndsException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new UnavailableException("a resource of %s is not available".formatted(this), ex);
		}
		return left;
	}

	private List<BatchRecord> call(List<BatchRecord> part) throws Exception {
		List<RecordInFlight> records = new ArrayList<>(part.size());
		part.forEach((batchRecord) -> records.add(batchRecord.record));
		this.filter.process(this.context, records);
		return survivors(part, records);
	}

	private void reject(BatchRecord batchRecord, Exception ex) {
		batchRecord.record.addError("%s failed: %s".formatted(this, Messages.of(ex)));
		batchRecord.failedAt = Reject.Stage.FILTER;
	}

	private List<BatchRecord> survivors(List<BatchRecord> batch, List<? extends @Nullable RecordInFlight> kept) {
		Set<@Nullable RecordInFlight> missing = Collections.newSetFromMap(new IdentityHashMap<>());
		batch.forEach((batchRecord) -> missing.add(batchRecord.record));
		for (RecordInFlight record : kept) {
			if (!missing.remove(record)) {
				throw new AbortRunException(
						"%s added a record; a filter may change, mark, ignore or remove records, but must not add any"
							.formatted(this));
			}
		}
		List<BatchRecord> survivors = new ArrayList<>(batch.size());
		for (BatchRecord batchRecord : batch) {
			RecordInFlight record = batchRecord.record;
			boolean passes = !record.isFailed() && !record.isIgnored() && !missing.contains(record);
			batchRecord.stoppedBy = passes ? null : this.name;
			if (record.isFailed()) {
				batchRecord.failedAt = Reject.Stage.FILTER;
				if (record.errors().isEmpty()) {
					record.addError("%s marked the record as failed without a reason".formatted(this));
				}
			}
			else if (missing.contains(record)) {
				batchRecord.dropped = !record.isIgnored();
			}
			else if (!record.isIgnored()) {
				survivors.add(batchRecord);
			}
		}
		return survivors;
	}

	@Override
	public String toString() {
		return "the filter '%s' (%s)".formatted(this.name, this.filter.getClass().getName());
	}

}
