package io.deltasync.run.deliver;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.config.Mask;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.RecordLog;
import io.deltasync.link.Link;
import io.deltasync.link.RecordLogging;
import io.deltasync.run.Room;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Stores the outcome of single records, as configured by the Link's {@code logging}.
 * Thread-safe.
 */
public final class RecordLogWriter {

	private final RecordLogging logging;

	private final Room room;

	private final Mask mask;

	private final RecordLog log;

	private final long event;

	RecordLogWriter(Link link, Room room, RecordLog log, long event) {
		this.logging = link.logging();
		this.mask = link.mask();
		this.room = room;
		this.log = log;
		this.event = event;
	}

	/**
	 * Returns a warning if records are missing from the log of a run.
	 * @param logging what the Link logs
	 * @param room the limit of the log
	 * @param progress the progress of the run
	 * @param log the log
	 * @param event its Sync Event
	 * @return the warning, or null if nothing is missing
	 */
	public static @Nullable String missing(RecordLogging logging, Room room, Progress progress, RecordLog log,
			long event) {
		int most = room.most();
		if (logging == RecordLogging.NONE || logging == RecordLogging.ERRORS || log.count(event, most) < most) {
			return null;
		}
		RecordCounts records = progress.records().plus(progress.deletions());
		long missing = ((logging == RecordLogging.ALL) ? records.fetched() : records.warned()) - most;
		return (missing <= 0) ? null
				: ("about %d records are not logged: the Link's max-logged-records limits the log of a "
						+ "run to %d records. Raise it to log more")
					.formatted(missing, most);
	}

	/**
	 * Stores the outcome of a batch. Takes part in the caller's transaction.
	 * @param batch the records, whatever their outcome
	 */
	void write(List<BatchRecord> batch) {
		boolean all = this.logging == RecordLogging.ALL;
		if (all || this.logging == RecordLogging.WARNINGS) {
			List<BatchRecord> logged = batch.stream()
				.filter((batchRecord) -> all || !batchRecord.record.warnings().isEmpty())
				.toList();
			int granted = this.room.reserve(logged.size(), () -> this.log.count(this.event, this.room.most()));
			this.log.add(this.event, logged.stream().limit(granted).map(this::describe).toList());
		}
	}

	private LoggedRecord describe(BatchRecord batchRecord) {
		RecordInFlight record = batchRecord.record;
		String reason = record.isFailed() ? Messages.reason(record, this.mask) : record.ignoreReason();
		return new LoggedRecord((batchRecord.ordinal() >= 0) ? batchRecord.ordinal() : null, this.mask.key(record),
				batchRecord.outcome(), reasonAndWarnings(record, reason));
	}

	private @Nullable String reasonAndWarnings(RecordInFlight record, @Nullable String reason) {
		if (record.warnings().isEmpty()) {
			return reason;
		}
		String warned = this.mask.hideIn(String.join("; ", record.warnings()), record);
		return (reason != null) ? reason + "; " + warned : warned;
	}

}
