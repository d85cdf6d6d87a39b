package io.deltasync.run;

import java.time.InstantSource;

import io.deltasync.reject.Rejects;
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

}
