package io.deltasync.run;

import java.time.Instant;
import java.time.InstantSource;

import io.deltasync.reject.Rejects;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.ScopePages;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Where a run keeps its state.
 *
 * @param plans how far planning has come
 * @param pages the scopes and how far the lanes have come
 * @param rejects the records that failed
 * @param transaction what state moves in
 * @param clock the database's clock
 */
public record Stores(Plans plans, ScopePages pages, Rejects rejects, TransactionTemplate transaction,
		InstantSource clock) {

	/**
	 * Reads a plan in a transaction of its own. A step runs in none, but what it reads
	 * without one keeps a connection for as long as the step lasts, waits included.
	 * @param event the Sync Event
	 * @return how far planning has come
	 */
	Plan plan(long event) {
		return this.transaction.execute((status) -> this.plans.find(event));
	}

	/**
	 * Reads the clock in a transaction of its own, for the same reason.
	 * @return the time
	 */
	Instant now() {
		return this.transaction.execute((status) -> this.clock.instant());
	}

}
