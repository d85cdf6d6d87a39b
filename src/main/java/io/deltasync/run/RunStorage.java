package io.deltasync.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.event.FailedRecords;
import io.deltasync.event.LateWrites;
import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.RecordLog;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.Rejects;
import io.deltasync.reject.UnmetRejects;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Scopes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where a run keeps its state. What a process stores that was suspended must not come
 * after what another has stored that has taken the Link meanwhile. So:
 * <ul>
 * <li>A transaction of a lane begins with {@link Lease#verify()}, which locks nothing
 * that other lanes wait for, and changes pages that the lane still holds
 * ({@link ScopePages#save}).</li>
 * <li>A transaction that changes what belongs to the run as a whole, such as its plan or
 * the counts of what was tried again, ends with {@link Lease#lockAndVerify()}: the lock
 * keeps the Link from being taken until the commit, and the lease from being renewed for
 * no longer than that.</li>
 * <li>What Spring Batch stores of a run, and little else, begins with it
 * ({@link #holding}): of two processes the one that has lost the Link must not get as far
 * as to change a version that the other one reads.</li>
 * </ul>
 *
 * @param plans how far planning has come
 * @param pages the scopes and how far the lanes have come
 * @param rejects the records that failed
 * @param rejectRows which rows of the target these go to
 * @param log what became of single records, where Links want it stored
 * @param ignored why records were ignored
 * @param delivered what Links have delivered
 * @param unmet the rejects of records that a run did not meet
 * @param failed the records that failed in runs that have ended
 * @param owed the successes that sources have yet to be told of
 * @param lateWrites the runs that may have written after they had lost their Link
 * @param transaction what state moves in
 * @param clock the database's clock
 */
public record RunStorage(Plans plans, ScopePages pages, Rejects rejects, RejectRows rejectRows, RecordLog log,
		IgnoredReasons ignored, DeliveryIndexTable delivered, UnmetRejects unmet, FailedRecords failed,
		OwedSuccesses owed, LateWrites lateWrites, TransactionTemplate transaction, InstantSource clock) {

	/** How many rows a transaction deletes at most. */
	private static final int ROWS = 500;

	private static final Logger logger = LoggerFactory.getLogger(RunStorage.class);

	/**
	 * Changes, in a transaction of its own, what is stored of a run, or of a dead one
	 * that this one follows, while no other can take their Link.
	 * @param lease the run's lease
	 * @param change the change
	 * @throws io.deltasync.lease.LeaseLostException when another has taken the Link;
	 * nothing is changed
	 */
	public void holding(Lease lease, Runnable change) {
		this.transaction.executeWithoutResult((status) -> {
			lease.lockAndVerify();
			change.run();
		});
	}

	/**
	 * Stores, in a transaction of its own, what was warned of beside the scopes, unless
	 * another has taken the Link.
	 * @param lease the run's lease
	 * @param event the Sync Event
	 * @param warnings the warnings; may be empty
	 */
	public void heard(Lease lease, long event, List<String> warnings) {
		if (warnings.isEmpty()) {
			return;
		}
		try {
			this.transaction.executeWithoutResult((status) -> {
				lease.verify();
				this.pages.addEventWarnings(event, warnings);
			});
		}
		catch (LeaseLostException | DataAccessException ex) {
			logger.debug("Warnings of event {} are in the log alone", event, ex);
		}
	}

	/**
	 * Reads a plan in a transaction of its own. A step runs in none, but what it reads
	 * without one keeps a connection for as long as the step lasts, waits included.
	 * @param event the Sync Event
	 * @return how far planning has come
	 */
	public Plan plan(long event) {
		return this.transaction.execute((status) -> this.plans.find(event));
	}

	/**
	 * Deletes some of what is stored about the records of scopes that are fetched again,
	 * and keeps their rejects from being retried on their own. A restart repeats it in
	 * transactions of its own first, as there may be millions of records: if it is killed
	 * between two of them, the next one continues. Takes part in the caller's
	 * transaction.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @return whether more may be left
	 */
	public boolean forgetSome(String link, long event, Scopes scopes) {
		int left = ROWS;
		left -= this.log.forget(event, scopes, left);
		left -= this.ignored.forget(event, scopes, left);
		left -= this.pages.forgetWarnings(event, scopes, left);
		left -= this.rejects.fetchedAgain(link, event, scopes, left);
		return left == 0;
	}

	/**
	 * Deletes the rest: what a suspended process stored after {@link #forgetSome} was
	 * repeated. Takes part in the caller's transaction, which puts the scopes back in
	 * line.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param scopes the scopes
	 */
	public void forgetRest(String link, long event, Scopes scopes) {
		boolean more = true;
		while (more) {
			more = forgetSome(link, event, scopes);
		}
	}

	/**
	 * Deletes some of what is stored about a run that is planned again, in the same way.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @return whether more may be left
	 */
	public boolean clearSome(String link, long event) {
		return forgetSome(link, event, Scopes.ALL) || this.pages.clearSome(event, ROWS) == ROWS;
	}

	/**
	 * Deletes the rest of it. Takes part in the caller's transaction.
	 * @param link the Link's name
	 * @param event the Sync Event
	 */
	public void clearRest(String link, long event) {
		this.pages.clear(event);
		forgetRest(link, event, Scopes.ALL);
		this.plans.save(event, Plan.NONE);
	}

	/**
	 * Reads the clock in a transaction of its own, for the same reason.
	 * @return the time
	 */
	public Instant now() {
		return this.transaction.execute((status) -> this.clock.instant());
	}

}
