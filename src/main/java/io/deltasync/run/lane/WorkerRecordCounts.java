package io.deltasync.run.lane;

import io.deltasync.api.AbortRunException;
import io.deltasync.link.Link;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RejectShare;
import io.deltasync.run.RunCounters;
import io.deltasync.run.RunEnding;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Messages;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeProgress;

/**
 * Counts the records that workers deliver for a run, from their stored progress.
 * Unfinished work of a worker is fetched again by another one, and counts again only
 * where it exceeds the earlier count. Confined to one thread.
 */
public final class WorkerRecordCounts {

	private static final long PAUSE_NANOS = 1_000_000_000L;

	/**
	 * Limits the share of time spent counting, because large runs have many rows to add
	 * up.
	 */
	private static final int PAUSES_PER_LOOK = 50;

	private final String link;

	private final RunEnding ending;

	private final RunCounters counters;

	private final long event;

	private final ScopeProgress progress;

	private final Rejects rejects;

	private final RunTransactions transactions;

	private RecordCounts counted;

	private long nextLook;

	/**
	 * Starts counting. Create it before the workers start: records that are already
	 * stored were counted by the process that delivered them.
	 * @param run the run
	 * @param event its Sync Event
	 * @param progress where workers store their progress
	 * @param rejects where they store the records that failed
	 * @param transactions the transactions that read it
	 */
	public WorkerRecordCounts(ActiveRun run, long event, ScopeProgress progress, Rejects rejects,
			RunTransactions transactions) {
		this.link = run.link().name();
		this.ending = run.ending();
		this.counters = run.counters();
		this.event = event;
		this.progress = progress;
		this.rejects = rejects;
		this.transactions = transactions;
		this.counted = stored();
		this.nextLook = System.nanoTime() + PAUSE_NANOS;
	}

	/**
	 * Counts, unless the last count is too recent.
	 * @throws org.springframework.dao.DataAccessException if the database is not
	 * available; the next call counts what this one did not
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
	 * Counts everything, once workers no longer store progress.
	 * @throws org.springframework.dao.DataAccessException if the database is not
	 * available
	 */
	public void countAll() {
		RecordCounts now = this.counted.atLeast(stored());
		RecordCounts added = now.minus(this.counted);
		this.counters.count(added);
		this.counted = now;
		try {
			this.counters.rejectShare().count(added, this::firstFailure);
		}
		catch (AbortRunException ex) {
			this.ending.abort("Link '%s': %s".formatted(this.link, Messages.of(ex)));
		}
	}

	private String firstFailure() {
		return this.transactions.call(() -> this.rejects.failing(this.link, this.event, 1))
			.stream()
			.map((failure) -> RejectShare.describe(failure.key(), failure.message()))
			.findFirst()
			.orElse("a record that has been delivered since");
	}

	private RecordCounts stored() {
		return this.transactions.call(() -> this.progress.find(this.event)).records();
	}

}
