package io.deltasync.run.lane;

import io.deltasync.api.AbortRunException;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RejectShare;
import io.deltasync.run.RunStorage;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.RecordCounts;

/**
 * Counts what workers deliver for a run, from what they have stored of it. What a worker
 * leaves unfinished is fetched again, and counts again only once it is more than before.
 * One thread's.
 */
public final class WorkerRecordCounts {

	private static final long PAUSE_NANOS = 1_000_000_000L;

	/** Large runs have many rows to add up. */
	private static final int PAUSES_PER_LOOK = 50;

	private final ActiveRun run;

	private final long event;

	private final RunStorage stores;

	private RecordCounts counted;

	private long nextLook;

	/**
	 * Begins before workers do: what is stored already was counted by whoever delivered
	 * it.
	 * @param run the run
	 * @param event its Sync Event
	 * @param stores where workers store what they have delivered
	 */
	public WorkerRecordCounts(ActiveRun run, long event, RunStorage stores) {
		this.run = run;
		this.event = event;
		this.stores = stores;
		this.counted = stored();
		this.nextLook = System.nanoTime() + PAUSE_NANOS;
	}

	/**
	 * Counts, unless that was done just now.
	 * @throws org.springframework.dao.DataAccessException when the database is not there;
	 * nothing was counted, and the next call counts it
	 */
	public void count() {
		long begin = System.nanoTime();
		if (begin - this.nextLook >= 0) {
			countAll();
			long end = System.nanoTime();
			this.nextLook = end + Math.max(PAUSE_NANOS, PAUSES_PER_LOOK * (end - begin));
		}
	}

	/**
	 * Counts, once workers store nothing any more.
	 * @throws org.springframework.dao.DataAccessException when the database is not there
	 */
	public void countAll() {
		RecordCounts now = this.counted.atLeast(stored());
		RecordCounts added = now.minus(this.counted);
		this.run.count(added);
		this.counted = now;
		try {
			this.run.rejectShare().count(added, this::firstFailure);
		}
		catch (AbortRunException ex) {
			this.run.abort("Link '%s': %s".formatted(this.run.linkName(), Messages.of(ex)));
		}
	}

	private String firstFailure() {
		return this.stores.transaction()
			.execute((status) -> this.stores.rejects().failing(this.run.linkName(), this.event, 1))
			.stream()
			.map((failure) -> RejectShare.describe(failure.key(), failure.message()))
			.findFirst()
			.orElse("one that has been delivered since");
	}

	private RecordCounts stored() {
		return this.stores.transaction().execute((status) -> this.stores.pages().progress(this.event)).records();
	}

}
