package io.deltasync.event.retention;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.deltasync.audit.AuditLog;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.notice.Outbox;
import io.deltasync.reject.ClosedRejects;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Deletes what only its age keeps: closed rejects, entries of the audit log, delivered
 * pushes and sent notifications. Each small part has its own transaction. Thread-safe.
 */
class OldEntries {

	private static final int REJECTS = 500;

	private static final int NOTIFICATIONS = 500;

	private final TransactionTemplate transaction;

	private final ClosedRejects rejects;

	private final AuditLog audit;

	private final InboxDelivery inbox;

	private final Outbox outbox;

	OldEntries(JdbcTemplate jdbc, Product product, TransactionTemplate transaction, InstantSource clock) {
		this.transaction = transaction;
		this.rejects = new ClosedRejects(jdbc);
		this.audit = new AuditLog(jdbc, clock);
		this.inbox = new InboxDelivery(jdbc);
		this.outbox = new Outbox(jdbc, product);
	}

	long rejects(Instant before, boolean dryRun) {
		if (dryRun) {
			return this.rejects.count(before);
		}
		long removed = 0;
		int some;
		do {
			some = this.transaction.execute((status) -> this.rejects.remove(before, REJECTS));
			removed += some;
		}
		while (some > 0);
		return removed;
	}

	long auditEntries(Instant before, boolean dryRun) {
		long removed = 0;
		Long last = Long.MIN_VALUE;
		while (last != null) {
			long after = last;
			AuditLog.Removed some = this.transaction
				.execute((status) -> this.audit.removeOldest(before, after, dryRun));
			removed += some.entries();
			last = some.last();
		}
		return removed;
	}

	/** Also those of Links that are no longer configured. */
	long pushes(Instant before, boolean dryRun) {
		long removed = 0;
		for (String link : this.inbox.links()) {
			List<Long> some = List.of(0L);
			while (!some.isEmpty()) {
				long after = some.get(some.size() - 1);
				some = this.transaction.execute((status) -> this.inbox.removeOldest(link, before, after, dryRun));
				removed += some.size();
			}
		}
		return removed;
	}

	long notifications(Instant before, boolean dryRun) {
		long removed = 0;
		long some;
		do {
			some = this.transaction.execute((status) -> this.outbox.removeDone(before, NOTIFICATIONS, dryRun));
			removed += some;
		}
		while (some > 0 && !dryRun);
		return removed;
	}

}
