package io.deltasync.run;

import io.deltasync.event.RecordLog;
import io.deltasync.reject.RejectChanges;
import io.deltasync.scope.EventCounts;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import io.deltasync.scope.Scopes;
import io.deltasync.scope.Warnings;
import io.deltasync.verified.VerifyScopes;

/**
 * Deletes what is stored about scopes that a run fetches again, and about a plan that it
 * makes again. Thread-safe; every method takes part in the caller's transaction.
 */
public final class ScopeReset {

	/** The highest number of rows that a transaction deletes. */
	private static final int ROWS = 500;

	private final Plans plans;

	private final ScopePages pages;

	private final EventCounts counts;

	private final Warnings warnings;

	private final RejectChanges rejects;

	private final RecordLog log;

	private final IgnoredReasons ignored;

	private final VerifyScopes verifyScopes;

	/**
	 * Creates the reset.
	 * @param tables the tables from which it deletes
	 */
	public ScopeReset(RunTables tables) {
		this.plans = tables.plans();
		this.pages = tables.pages();
		this.counts = tables.counts();
		this.warnings = tables.warnings();
		this.rejects = tables.rejectChanges();
		this.log = tables.log();
		this.ignored = tables.ignored();
		this.verifyScopes = tables.verifyScopes();
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
		left -= this.verifyScopes.forget(event, scopes, left);
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

}
