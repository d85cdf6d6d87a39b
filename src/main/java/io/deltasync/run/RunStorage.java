package io.deltasync.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.event.FailedRecords;
import io.deltasync.event.LateWrites;
import io.deltasync.event.OwedSuccesses;
import io.deltasync.event.RecordLog;
import io.deltasync.event.RunSummaries;
import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.Rejects;
import io.deltasync.reject.UnmetRejects;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.FailedScopes;
import io.deltasync.scope.FormerRows;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Scopes;
import io.deltasync.scope.Warnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The stores of a run's state. A process that was suspended must not store anything after
 * another process has acquired its Link. Therefore:
 * <ul>
 * <li>A transaction of a lane begins with {@link Lease#verify()}, which takes no lock
 * that other lanes wait for, and changes only pages that the lane still holds
 * ({@link ScopeProgress#save}).</li>
 * <li>A transaction that changes the state of the whole run, such as its plan or its
 * retry counts, ends with {@link Lease#lockAndVerify()}: until the commit, nobody can
 * acquire the Link, and the lease cannot be renewed.</li>
 * <li>A transaction that stores state of Spring Batch begins with it ({@link #holding}),
 * because the process that has lost the Link must not reach the point where it changes a
 * version number that the other process reads. Few others do.</li>
 * </ul>
 *
 * @param plans the progress of planning
 * @param pages the scopes and their lanes
 * @param progress the progress of the lanes
 * @param failedScopes the scopes that failed
 * @param counts the counts of records that belong to no scope
 * @param warnings the warnings
 * @param ignored why records were ignored
 * @param formerRows what earlier versions have stored elsewhere
 * @param summaries adds up the results of runs
 * @param rejects the records that failed
 * @param rejectRows the target rows of rejects
 * @param log the outcome of single records, for Links that store it
 * @param delivered the delivery index of all Links
 * @param unmet the rejects of records that a run did not read
 * @param failed the records that failed in ended runs
 * @param owed the successes that sources have not yet acknowledged
 * @param lateWrites the runs that may have written after they had lost their Link
 * @param transaction runs the transactions on these stores
 * @param clock the database's clock
 */
public record RunStorage(Plans plans, ScopePages pages, ScopeProgress progress, FailedScopes failedScopes,
		EventCounts counts, Warnings warnings, IgnoredReasons ignored, FormerRows formerRows, RunSummaries summaries,
		Rejects rejects, RejectRows rejectRows, RecordLog log, DeliveryIndexTable delivered, UnmetRejects unmet,
		FailedRecords failed, OwedSuccesses owed, LateWrites lateWrites, TransactionTemplate transaction,
		InstantSource clock) {

	/** The highest number of rows that a transaction deletes. */
	private static final int ROWS = 500;

	private static final Logger logger = LoggerFactory.getLogger(RunStorage.class);

	/**
	 * Changes the stored state of a run, or of a crashed run that it replaces, in a new
	 * transaction during which no other process can acquire the Link.
	 * @param lease the run's lease
	 * @param change the change
	 * @throws io.deltasync.lease.LeaseLostException if another process has acquired the
	 * Link; nothing is changed
	 */
	public void holding(Lease lease, Runnable change) {
		this.transaction.executeWithoutResult((status) -> {
			lease.lockAndVerify();
			change.run();
		});
	}

	/**
	 * Stores warnings that belong to no scope, in a new transaction. If the Link is lost
	 * or the database fails, the warnings are only in the log.
	 * @param lease the run's lease
	 * @param event the Sync Event
	 * @param added the warnings; may be empty
	 */
	public void addWarnings(Lease lease, long event, List<String> added) {
		if (added.isEmpty()) {
			return;
		}
		try {
			this.transaction.executeWithoutResult((status) -> {
				lease.verify();
				this.warnings.add(event, added);
			});
		}
		catch (LeaseLostException | DataAccessException ex) {
			logger.debug("Warnings of event {} are in the log alone", event, ex);
		}
	}

	/**
	 * Reads a plan in a new transaction. Steps run outside any transaction, and a read
	 * without one would keep a connection until the step ends, waits included.
	 * @param event the Sync Event
	 * @return the progress of planning
	 */
	public Plan plan(long event) {
		return this.transaction.execute((status) -> this.plans.find(event));
	}

	/**
	 * Deletes part of the data about the records of scopes that will be fetched again,
	 * and excludes their rejects from separate redelivery. A restart first repeats this
	 * in transactions of its own, because there may be millions of records; if the
	 * process is killed in between, the next restart continues. Takes part in the
	 * caller's transaction.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @return whether more data may be left
	 */
	public boolean forgetSome(String link, long event, Scopes scopes) {
		int left = ROWS;
		left -= this.log.forget(event, scopes, left);
		left -= this.ignored.forget(event, scopes, left);
		left -= this.warnings.forget(event, scopes, left);
		left -= this.rejects.fetchedAgain(link, event, scopes, left);
		return left == 0;
	}

	/**
	 * Deletes the remaining data: rows that a suspended process stored after
	 * {@link #forgetSome} had been repeated. Takes part in the caller's transaction,
	 * which requeues the scopes.
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
	 * Deletes part of the data about a run that is planned again, like
	 * {@link #forgetSome}.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @return whether more data may be left
	 */
	public boolean clearSome(String link, long event) {
		return forgetSome(link, event, Scopes.ALL) || this.pages.clearSome(event, ROWS) == ROWS;
	}

	/**
	 * Deletes the remaining data of a run that is planned again. Takes part in the
	 * caller's transaction.
	 * @param link the Link's name
	 * @param event the Sync Event
	 */
	public void clearRest(String link, long event) {
		this.pages.clear(event);
		this.counts.clear(event);
		forgetRest(link, event, Scopes.ALL);
		this.plans.save(event, Plan.NONE);
	}

	/**
	 * Reads the database's clock in a new transaction, for the same reason as
	 * {@link #plan}.
	 * @return the current time
	 */
	public Instant now() {
		return this.transaction.execute((status) -> this.clock.instant());
	}

}
