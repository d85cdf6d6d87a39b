package io.deltasync.event.retention;

import java.util.List;

import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes everything stored for a Link that is no longer configured: its Sync Events, its
 * rejects with their records, and its delivery index. Thread-safe.
 */
public class LinkRemoval {

	private static final int ROWS = 1000;

	/**
	 * Tables that refer to others come first. The lease stays: its token fences off old
	 * processes.
	 */
	private static final List<String> TABLES = List.of("SYNC_REJECT_ROW", "SYNC_REJECT", "SYNC_DELIVERED_ROW",
			"SYNC_DELIVERED", "SYNC_SLOT", "SYNC_LANE", "SYNC_OWED_SUCCESS", "SYNC_BLOCKED_DELETES", "SYNC_LATE_WRITE",
			"SYNC_PAUSE", "SYNC_AUDIT", "SYNC_PUSH_BODY", "SYNC_PUSH", "SYNC_INBOX", "SYNC_NOTICE_STATE", "SYNC_NOTICE",
			"SYNC_SEEN_COLUMNS", "SYNC_VERIFIED");

	private final JdbcClient jdbc;

	private final Product product;

	private final TransactionTemplate transaction;

	private final Leases leases;

	private final EventRemoval events;

	/**
	 * Creates a removal.
	 * @param jdbc the database of the JobRepository
	 * @param product its product
	 * @param transaction runs each small part in its own transaction
	 * @param leases keeps runs of the Link away meanwhile
	 */
	public LinkRemoval(JdbcTemplate jdbc, Product product, TransactionTemplate transaction, Leases leases) {
		this.jdbc = JdbcClient.create(jdbc);
		this.product = product;
		this.transaction = transaction;
		this.leases = leases;
		this.events = new EventRemoval(jdbc, product, transaction);
	}

	/**
	 * Deletes what is stored for a Link, in many small transactions. An interrupted call
	 * can be repeated.
	 * @param link the Link's name
	 * @return what was deleted
	 * @throws LinkBusyException while a run holds the Link
	 */
	public Forgotten forget(String link) throws LinkBusyException {
		try (Lease lease = this.leases.acquire(link)) {
			long removedEvents = removeEvents(link, lease);
			long rejects = 0;
			long records = 0;
			for (String table : TABLES) {
				long removed = removeRows(table, link, lease);
				rejects += table.equals("SYNC_REJECT") ? removed : 0;
				records += table.startsWith("SYNC_DELIVERED") ? removed : 0;
			}
			return new Forgotten(link, removedEvents, rejects, records);
		}
	}

	/**
	 * Deletes only instances with a run's key: an application's own job may have the same
	 * name.
	 */
	private long removeEvents(String link, Lease lease) {
		long removed = 0;
		List<Long> some = someEvents(link);
		while (!some.isEmpty()) {
			for (long event : some) {
				lease.checkLocally();
				this.events.remove(event);
				removed++;
			}
			some = someEvents(link);
		}
		return removed;
	}

	private List<Long> someEvents(String link) {
		return this.jdbc.sql("""
				SELECT JOB_INSTANCE_ID FROM BATCH_JOB_INSTANCE WHERE JOB_NAME = ? AND JOB_KEY LIKE '____-__-__T%Z'
				ORDER BY JOB_NAME, JOB_KEY LIMIT 100""").param(link).query(Long.class).list();
	}

	private long removeRows(String table, String link, Lease lease) {
		long removed = 0;
		int some;
		do {
			lease.checkLocally();
			some = this.transaction
				.execute((status) -> this.jdbc.sql(this.product.deleteSome(table, "LINK = ?", String.valueOf(ROWS)))
					.param(link)
					.update());
			removed += some;
		}
		while (some == ROWS);
		return removed;
	}

	/**
	 * Counts what was deleted. Its components are its fields in JSON.
	 *
	 * @param link the Link's name
	 * @param events the number of Sync Events
	 * @param rejects the number of rejects in any state
	 * @param records the number of records of the delivery index
	 */
	public record Forgotten(String link, long events, long rejects, long records) {

	}

}
