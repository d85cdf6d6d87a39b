package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.Operation;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.verified.ScopeFindings;
import io.deltasync.verified.SuspectScope;

/**
 * The suspects of one scope while they are compared again: those that are open, and the
 * counts and confirmed ones of those that are not. Not thread-safe.
 */
final class ScopeSuspects {

	private final SuspectScope scope;

	/** By what identifies the record. */
	final Map<String, Suspect> open = new LinkedHashMap<>();

	/** Those that differ for certain. */
	final List<Suspect> confirmed = new ArrayList<>();

	private long pending;

	private long moving;

	private long unconfirmed;

	private long refused;

	private long repaired;

	private long absent;

	ScopeSuspects(SuspectScope scope) {
		this.scope = scope;
	}

	SuspectScope scope() {
		return this.scope;
	}

	ScopeEntry entry() {
		return new ScopeEntry(this.scope.ordinal(), this.scope.text());
	}

	void pending(String id) {
		this.pending++;
		close(id);
	}

	void moving(String id) {
		this.moving++;
		close(id);
	}

	/** Closes a suspect that cannot be compared again. */
	void unconfirmed(String id) {
		this.unconfirmed++;
		close(id);
	}

	/** Closes a suspect that no longer differs. */
	void same(String id, boolean missing) {
		this.open.remove(id);
		this.absent += missing ? 1 : 0;
	}

	/**
	 * Counts a record that cannot be delivered, now that the scope is fetched again. It
	 * may be a suspect.
	 */
	void refused() {
		this.refused++;
	}

	void confirm(String id, Suspect suspect) {
		this.confirmed.add(suspect);
		close(id);
	}

	private void close(String id) {
		Suspect closed = this.open.remove(id);
		this.absent += (closed != null && closed.isMissing()) ? 1 : 0;
	}

	/** Counts a suspect for which there is no room. */
	void overflow(boolean missing) {
		this.unconfirmed++;
		this.absent += missing ? 1 : 0;
	}

	/** Gives up on the open suspects, because the scope cannot be fetched again. */
	void giveUp() {
		List.copyOf(this.open.keySet()).forEach(this::unconfirmed);
	}

	/** Gives up on all suspects that were found first. */
	void giveUpAll() {
		this.open.clear();
		this.unconfirmed = this.scope.suspects();
		this.absent = this.scope.absent();
	}

	/** Marks a confirmed suspect as repaired. */
	void repaired(Suspect suspect) {
		this.repaired++;
		if (suspect.isMissing()) {
			this.absent--;
		}
		else if (suspect.record().record.operation() == Operation.DELETE) {
			this.absent++;
		}
	}

	/**
	 * Returns what became of the suspects. Records that wait to be delivered only since
	 * the first comparison are not counted, because that has counted them as the same.
	 * Suspects of which nothing was found are the same now, or are among the records that
	 * were refused.
	 */
	ScopeFindings findings() {
		long missing = this.confirmed.stream().filter(Suspect::isMissing).count();
		long different = this.confirmed.size() - missing;
		long room = Math.max(0, this.scope.suspects() - this.confirmed.size() - this.unconfirmed);
		long waiting = Math.min(this.pending, room);
		long changing = Math.min(this.moving, room - waiting);
		long lost = Math.min(this.refused, room - waiting - changing);
		return new ScopeFindings(waiting, changing, missing, different, this.unconfirmed + lost, this.repaired,
				this.absent);
	}

}
