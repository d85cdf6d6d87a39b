package io.deltasync.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.reject.Reject;
import org.jspecify.annotations.Nullable;

/**
 * A filter in one lane. A batch that it cannot take is given to it again, as it was
 * before: as a whole if the failure may pass, and else in halves, until the record at
 * fault is alone. k of them in n cost at most 2·k·⌈log2 n⌉ + 1 calls, and those that are
 * made again because a failure may pass: as many for a batch with all its parts. Not
 * thread-safe.
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
		return batch.isEmpty() ? batch : process(batch, this.retries.begin("process of " + this));
	}

	private List<InFlight> process(List<InFlight> batch, Attempts attempts) {
		while (true) {
			List<RecordInFlight> records = new ArrayList<>(batch.size());
			Exception refusal = call(batch, records);
			if (refusal == null) {
				return survivors(batch, records);
			}
			if (!attempts.again(refusal)) {
				if (Outage.isOutage(refusal)) {
					throw new AbortRunException("what %s needs is not available".formatted(this), refusal);
				}
				return (batch.size() == 1) ? reject(batch.get(0), refusal) : halves(batch, attempts);
			}
		}
	}

	/**
	 * Tells why the filter does not take records, which are as they were then; null when
	 * it does.
	 */
	private @Nullable Exception call(List<InFlight> batch, List<RecordInFlight> records) {
		List<Runnable> savepoints = new ArrayList<>(batch.size());
		for (InFlight inFlight : batch) {
			records.add(inFlight.record);
			savepoints.add(inFlight.record.savepoint());
		}
		try {
			this.filter.process(this.context, records);
			return null;
		}
		catch (AbortRunException ex) {
			throw ex;
		}
		catch (Exception ex) {
			savepoints.forEach(Runnable::run);
			return ex;
		}
	}

	private List<InFlight> reject(InFlight inFlight, Exception ex) {
		inFlight.record.addError("%s failed: %s".formatted(this, Messages.of(ex)));
		inFlight.failedAt = Reject.Stage.FILTER;
		return List.of();
	}

	private List<InFlight> halves(List<InFlight> batch, Attempts attempts) {
		int middle = batch.size() / 2;
		List<InFlight> left = new ArrayList<>(process(batch.subList(0, middle), attempts));
		left.addAll(process(batch.subList(middle, batch.size()), attempts));
		return left;
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
