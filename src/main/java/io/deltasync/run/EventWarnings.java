package io.deltasync.run;

import java.util.List;

import io.deltasync.lease.Lease;
import io.deltasync.lease.LeaseLostException;
import io.deltasync.scope.Warnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Stores warnings of a run that belong to none of its scopes. Thread-safe.
 */
public final class EventWarnings {

	private static final Logger logger = LoggerFactory.getLogger(EventWarnings.class);

	private final Warnings stored;

	private final RunTransactions transactions;

	/**
	 * Creates the store.
	 * @param stored where warnings are stored
	 * @param transactions the transactions in which they are stored
	 */
	public EventWarnings(Warnings stored, RunTransactions transactions) {
		this.stored = stored;
		this.transactions = transactions;
	}

	/**
	 * Stores warnings in a new transaction. If the Link is lost or the database fails,
	 * the warnings are only in the log.
	 * @param lease the run's lease
	 * @param event the Sync Event
	 * @param warnings the warnings; may be empty
	 */
	public void add(Lease lease, long event, List<String> warnings) {
		if (warnings.isEmpty()) {
			return;
		}
		try {
			this.transactions.run(() -> {
				lease.verify();
				this.stored.add(event, warnings);
			});
		}
		catch (LeaseLostException | DataAccessException ex) {
			logger.debug("Warnings of event {} are in the log alone", event, ex);
		}
	}

}
