package io.deltasync.event.decision;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

import io.deltasync.audit.AuditLog;
import io.deltasync.event.Formats;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectGroups;
import io.deltasync.reject.RejectSelection;
import io.deltasync.reject.Rejects;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Acknowledges or discards many rejects in bounded transactions, so that runs which meet
 * the same records are not kept waiting. The audit log has one entry for a decision,
 * which counts what is committed at any time. Thread-safe.
 */
public class RejectDecisions {

	/** How many rejects a transaction changes at most. */
	static final int ROWS = 500;

	private final Rejects rejects;

	private final RejectGroups groups;

	private final AuditLog audit;

	private final TransactionTemplate transaction;

	private final InstantSource clock;

	/**
	 * Creates the decisions.
	 * @param rejects changes the rejects
	 * @param groups finds them
	 * @param audit stores who has decided
	 * @param transaction runs each transaction, and may repeat it
	 * @param clock the current time
	 */
	public RejectDecisions(Rejects rejects, RejectGroups groups, AuditLog audit, TransactionTemplate transaction,
			InstantSource clock) {
		this.rejects = rejects;
		this.groups = groups;
		this.audit = audit;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Returns what a decision applies to.
	 * @param decision the decision
	 * @param selection some waiting rejects
	 * @return those that the decision changes
	 */
	public static RejectSelection affected(Decision decision, RejectSelection selection) {
		return (decision == Decision.ACKNOWLEDGE) ? selection.onlyOpen() : selection;
	}

	/**
	 * Counts the rejects that a decision would change.
	 * @param decision the decision
	 * @param selection some waiting rejects
	 * @param last only those up to this number
	 * @return the exact number
	 */
	public long count(Decision decision, RejectSelection selection, long last) {
		return this.groups.count(affected(decision, selection), last);
	}

	/**
	 * Decides about rejects. Those that are no longer waiting when their turn comes are
	 * left as they are. If the database fails in between, the rejects that were changed
	 * stay changed and are counted in the audit log.
	 * @param decision the decision
	 * @param selection some waiting rejects
	 * @param last only those up to this number, so that later ones are not included
	 * @param who the person, for the audit log
	 * @return how many were changed
	 */
	public long decide(Decision decision, RejectSelection selection, long last, String who) {
		RejectSelection affected = affected(decision, selection);
		String before = (selection.reason() != null)
				? "waiting because of%s: %s".formatted(selection.part() ? " …" : "", selection.reason()) : "waiting";
		Step step = new Step(0, 0, 0, true);
		while (step.more()) {
			Step reached = step;
			step = this.transaction.execute((status) -> {
				List<Long> numbers = this.groups.numbers(affected, reached.after(), last, ROWS);
				if (numbers.isEmpty()) {
					return new Step(reached.after(), reached.changed(), reached.entry(), false);
				}
				long changed = reached.changed() + change(decision, numbers);
				String after = Formats.number(changed) + ((changed == 1) ? " reject" : " rejects");
				long entry = reached.entry();
				if (entry == 0) {
					entry = this.audit.add(who, decision.action(), selection.link(), null, before, after);
				}
				else {
					this.audit.amend(entry, after);
				}
				return new Step(numbers.get(numbers.size() - 1), changed, entry, numbers.size() == ROWS);
			});
		}
		return step.changed();
	}

	/**
	 * Decides about a single reject.
	 * @param decision the decision
	 * @param reject the reject
	 * @param who the person, for the audit log
	 * @return false if it is no longer waiting, in which case nothing is stored
	 */
	public boolean decide(Decision decision, Reject reject, String who) {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			boolean changed = (decision == Decision.ACKNOWLEDGE)
					? this.rejects.acknowledge(reject.id(), this.clock.instant()) : this.rejects.discard(reject.id());
			if (changed) {
				this.audit.add(who, decision.action(), reject.link(), reject.lastEvent(),
						reject.state().name().toLowerCase(Locale.ROOT), "reject " + reject.id());
			}
			return changed;
		}));
	}

	private int change(Decision decision, List<Long> numbers) {
		return (decision == Decision.ACKNOWLEDGE) ? this.rejects.acknowledge(numbers, this.clock.instant())
				: this.rejects.discard(numbers);
	}

	/**
	 * How far a decision is.
	 *
	 * @param after the last reject that was looked at
	 * @param changed how many were changed to date
	 * @param entry the number of the audit entry; 0 before the first change
	 * @param more whether more may follow
	 */
	private record Step(long after, long changed, long entry, boolean more) {
	}

	/** What a person decides about rejects. */
	public enum Decision {

		/** They do not fail runs any more, stay stored and are retried on their own. */
		ACKNOWLEDGE,

		/** Their versions are not delivered, and fail no run. */
		DISCARD;

		/**
		 * Returns the name in the audit log.
		 * @return the name in lower case
		 */
		public String action() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
