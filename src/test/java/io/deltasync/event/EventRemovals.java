package io.deltasync.event;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Removes events at a moment that {@link Prune} would not choose.
 */
public final class EventRemovals {

	private EventRemovals() {
	}

	public static void remove(SyncEvent event, JdbcTemplate jdbc, TransactionTemplate transaction) {
		new EventRemoval(jdbc, transaction).remove(event.id());
	}

}
