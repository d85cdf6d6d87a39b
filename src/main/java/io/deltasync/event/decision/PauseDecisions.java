package io.deltasync.event.decision;

import java.time.InstantSource;
import java.util.Optional;

import io.deltasync.audit.AuditLog;
import io.deltasync.lease.Pauses;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pauses and resumes the automatic runs of Links. Thread-safe.
 */
public class PauseDecisions {

	private final Pauses pauses;

	private final AuditLog audit;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	/**
	 * Creates the decisions.
	 * @param pauses stores which Links are paused
	 * @param audit stores who has decided
	 * @param transaction runs each transaction, and may repeat it
	 * @param clock the current time
	 */
	public PauseDecisions(Pauses pauses, AuditLog audit, TransactionTemplate transaction, InstantSource clock) {
		this.pauses = pauses;
		this.audit = audit;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Stops running a Link automatically, in all processes. A run in progress continues.
	 * @param link the Link's name
	 * @param who the person
	 * @param reason why, for the audit log, or null
	 * @return false if it was paused already, in which case nothing is stored
	 */
	public boolean pause(String link, String who, @Nullable String reason) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean paused = this.pauses.pause(link, who, this.clock.instant());
			if (paused) {
				this.audit.add(who, "pause", link, null, null, reason);
			}
			return paused;
		}));
	}

	/**
	 * Runs a paused Link automatically again.
	 * @param link the Link's name
	 * @param who the person
	 * @return false if it was not paused, in which case nothing is stored
	 */
	public boolean resume(String link, String who) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean resumed = this.pauses.resume(link);
			if (resumed) {
				this.audit.add(who, "resume", link, null, null, null);
			}
			return resumed;
		}));
	}

	/**
	 * Finds out whether a Link is paused.
	 * @param link the Link's name
	 * @return who paused it and when; empty if it is not paused
	 */
	public Optional<Pauses.Pause> find(String link) {
		return Optional.ofNullable(this.pauses.all().get(link));
	}

}
