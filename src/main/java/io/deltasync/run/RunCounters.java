package io.deltasync.run;

import java.util.concurrent.atomic.LongAdder;

import io.deltasync.link.Link;
import io.deltasync.scope.RecordCounts;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of one attempt of a run in this process, and limits how many of them
 * may fail, be rejected and be logged. Thread-safe.
 */
public final class RunCounters {

	private final boolean testing;

	private final LongAdder through = new LongAdder();

	private final RejectShare rejectShare;

	private final Room rejectRoom;

	private final Room logRoom;

	private volatile Tally tally = new Tally();

	private volatile @Nullable Long expectedTotalRecords;

	RunCounters(Link link, boolean testing, RejectShare rejectShare) {
		this.testing = testing;
		this.rejectShare = rejectShare;
		this.rejectRoom = new Room(link.maxRejects());
		this.logRoom = new Room(link.maxLoggedRecords());
	}

	/** Sets the tally that counts this run's records for the whole process. */
	void countIn(Tally processTally) {
		this.tally = processTally;
	}

	/** Counts records whose outcome is stored and that this run fetched. */
	public void count(RecordCounts records) {
		this.through.add(records.fetched());
		tally(records);
	}

	/** Counts records that this run did not fetch, for the whole process only. */
	public void tally(RecordCounts records) {
		if (!this.testing) {
			this.tally.count(records);
		}
	}

	/**
	 * Returns the number of records whose outcome is stored, whatever it is.
	 * @return the number since this attempt started
	 */
	public long recordsThrough() {
		return this.through.sum();
	}

	/**
	 * Sets the number of records that the adapter expects.
	 * @param total the number, or null if it is unknown
	 */
	public void expect(@Nullable Long total) {
		this.expectedTotalRecords = total;
	}

	/**
	 * Returns the number of records that the adapter expects.
	 * @return the number, or null if it is unknown
	 */
	public @Nullable Long expectedTotalRecords() {
		return this.expectedTotalRecords;
	}

	/** Returns the limit on the share of failing records. */
	public RejectShare rejectShare() {
		return this.rejectShare;
	}

	/** Returns the number of rejects that the run may still store. */
	public Room rejectRoom() {
		return this.rejectRoom;
	}

	/** Returns the number of records that the run may still log. */
	public Room logRoom() {
		return this.logRoom;
	}

}
