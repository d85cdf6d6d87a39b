package io.deltasync.event.retention;

import io.deltasync.event.SyncEvent;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes events at a moment that {@link Prune} would not choose.
 */
public final class EventRemovals {

	private EventRemovals() {
	}

	public static void remove(SyncEvent event, JdbcTemplate jdbc, Product product, TransactionTemplate transaction) {
		new EventRemoval(jdbc, product, transaction).remove(event.id());
	}

}
