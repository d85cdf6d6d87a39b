package io.deltasync.run;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.RecordLog;
import io.deltasync.link.Link;
import io.deltasync.link.Mask;
import io.deltasync.link.RecordLogging;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what became of single records, as far as the Link wants it. Thread-safe.
 */
final class Journal {

	private final RecordLogging logging;

	private final Mask mask;

	private final RecordLog log;

	private final long event;

	Journal(Link link, RecordLog log, long event) {
		this.logging = link.logging();
		this.mask = link.mask();
		this.log = log;
		this.event = event;
	}

	/**
	 * Stores what became of a batch. Takes part in the caller's transaction.
	 * @param batch the records, whatever became of them
	 */
	void write(List<InFlight> batch) {
		boolean all = this.logging == RecordLogging.ALL;
		if (all || this.logging == RecordLogging.WARNINGS) {
			this.log.add(this.event,
					batch.stream()
						.filter((inFlight) -> all || !inFlight.record.warnings().isEmpty())
						.map(this::describe)
						.toList());
		}
	}

	private LoggedRecord describe(InFlight inFlight) {
		RecordInFlight record = inFlight.record;
		String reason = record.isFailed() ? Messages.reason(record, this.mask) : record.ignoreReason();
		return new LoggedRecord((inFlight.ordinal() >= 0) ? inFlight.ordinal() : null, this.mask.key(record),
				inFlight.outcome(), told(record, reason));
	}

	private @Nullable String told(RecordInFlight record, @Nullable String reason) {
		if (record.warnings().isEmpty()) {
			return reason;
		}
		String warned = this.mask.hideIn(String.join("; ", record.warnings()), record);
		return (reason != null) ? reason + "; " + warned : warned;
	}

}
