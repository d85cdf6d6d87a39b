package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.codec.ValueCodec;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.event.LoggedRecord;
import io.deltasync.event.LoggedRecord.Outcome;
import io.deltasync.event.RecordLog;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.deliver.Deletion;

/**
 * Rows that a Link has delivered and the source no longer has: they are stored with the
 * event, and kept in memory up to a limit, so that they can be deleted. Not thread-safe.
 */
final class GoneRows {

	/** How many are kept. */
	private static final int MOST = 100_000;

	private final ActiveRun run;

	private final long event;

	private final RecordLog log;

	private final ValueCodec codec;

	private final List<UnseenRecord> rows = new ArrayList<>();

	GoneRows(ActiveRun run, long event, RecordLog log, ValueCodec codec) {
		this.run = run;
		this.event = event;
		this.log = log;
		this.codec = codec;
	}

	void add(List<UnseenRecord> found) {
		found.stream().limit(MOST - this.rows.size()).forEach(this.rows::add);
	}

	List<UnseenRecord> rows() {
		return this.rows;
	}

	/**
	 * Returns what is stored with the event. Takes part in the caller's transaction.
	 * @param deleted whether they were deleted
	 */
	void store(boolean deleted) {
		Link link = this.run.link();
		long room = this.rows.isEmpty() ? 0
				: Confirmation.MOST_LOGGED - this.log.count(this.event, Confirmation.MOST_LOGGED);
		this.log.add(this.event,
				this.rows.stream()
					.limit(Math.max(0, room))
					.map((row) -> new LoggedRecord(null, link.mask().key(Deletion.sourceKey(row, this.codec)),
							deleted ? Outcome.REPAIRED : Outcome.GONE,
							"the source no longer has this record" + (deleted ? "; it was deleted at the target" : "")))
					.toList());
	}

}
