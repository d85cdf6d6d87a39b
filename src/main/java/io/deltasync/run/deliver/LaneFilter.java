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
 * A filter in one lane. A batch that it cannot take is split until the records at fault
 * are alone. Not thread-safe.
 */
final class LaneFilter {

	private final String name;

	private final RecordFilter filter;

	private final LinkContext context;

	private final Retries retries;

	LaneFilter(String name, RecordFilter filter, LinkContext context, Retries retries) {
		this.name = name;
		this.filter = filter;
		this.context = context;
		this.retries = retries;
	}

	/**
	 * Filters records.
	 * @param batch records that are neither failed nor ignored; marks those that do not
	 * go on
	 * @return those that go on, in their order
	 */
	List<InFlight> process(List<InFlight> batch) {
		List<InFlight> left = new ArrayList<>(batch.size());
		try {
			new Bisection<InFlight>(toString(), this.retries.begin("process of " + this), (inFlight) -> inFlight.record,
					(part) -> left.addAll(call(part)), this::reject)
				.run(batch);
		}
		catch (AbortRunException | LeaseLostException | RunEndsException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new UnavailableException("what %s needs is not available".formatted(this), ex);
		}
		return left;
	}

	private List<InFlight> call(List<InFlight> part) throws Exception {
		List<RecordInFlight> records = new ArrayList<>(part.size());
		part.forEach((inFlight) -> records.add(inFlight.record));
		this.filter.process(this.context, records);
		return survivors(part, records);
	}

	private void reject(InFlight inFlight, Exception ex) {
		inFlight.record.addError("%s failed: %s".formatted(this, Messages.of(ex)));
		inFlight.failedAt = Reject.Stage.FILTER;
	}

	private List<InFlight> survivors(List<InFlight> batch, List<? extends @Nullable RecordInFlight> kept) {
		Set<@Nullable RecordInFlight> missing = Collections.newSetFromMap(new IdentityHashMap<>());
		batch.forEach((inFlight) -> missing.add(inFlight.record));
		for (RecordInFlight record : kept) {
			if (!missing.remove(record)) {
				throw new AbortRunException(
						"%s added a record; a filter may change, mark, ignore or remove records, but not add any"
							.formatted(this));
			}
		}
		List<InFlight> survivors = new ArrayList<>(batch.size());
		for (InFlight inFlight : batch) {
			RecordInFlight record = inFlight.record;
			if (record.isFailed()) {
				inFlight.failedAt = Reject.Stage.FILTER;
				if (record.errors().isEmpty()) {
					record.addError("%s marked the record as failed, without saying why".formatted(this));
				}
			}
			else if (missing.contains(record)) {
				inFlight.dropped = !record.isIgnored();
			}
			else if (!record.isIgnored()) {
				survivors.add(inFlight);
			}
		}
		return survivors;
	}

	@Override
	public String toString() {
		return "the filter '%s' (%s)".formatted(this.name, this.filter.getClass().getName());
	}

}
