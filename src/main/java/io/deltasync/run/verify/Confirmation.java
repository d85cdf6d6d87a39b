package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.event.LoggedRecord;
import io.deltasync.event.RecordLog;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.deliver.DeliveryWitness;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.verified.SuspectScope;
import io.deltasync.verified.VerifyScopes;
import org.jspecify.annotations.Nullable;

/**
 * Compares the suspects of a verification again, some scopes at a time, and stores what
 * became of them: a crash repeats only the scopes that are not concluded. Not
 * thread-safe.
 */
final class Confirmation {

	/** How many differences are stored with an event at most. */
	static final int MOST_LOGGED = 100_000;

	private static final int MOST_SCOPES = 1000;

	/** How often a record is looked at that changes again and again. */
	private static final int LOOKS = 3;

	private final ActiveRun run;

	private final long event;

	private final VerifyScopes scopes;

	private final RecordLog log;

	private final RunTransactions transactions;

	private final SuspectLooks looks;

	private final DeliveryWitness witness;

	private final @Nullable Repair repair;

	private final DifferenceText texts;

	Confirmation(ActiveRun run, long event, VerifyScopes scopes, RecordLog log, RunTransactions transactions,
			SuspectLooks looks, DeliveryWitness witness, @Nullable Repair repair) {
		this.run = run;
		this.event = event;
		this.scopes = scopes;
		this.log = log;
		this.transactions = transactions;
		this.looks = looks;
		this.witness = witness;
		this.repair = repair;
		this.texts = new DifferenceText(run.link());
	}

	/**
	 * Compares all suspects again.
	 * @throws RunEndsException if the run must end before that
	 * @throws Exception if the run cannot continue
	 */
	void confirmAll() throws Exception {
		for (List<SuspectScope> group = next(); !group.isEmpty(); group = next()) {
			confirm(group);
		}
	}

	/** Returns scopes whose suspects fit into memory together, at least one. */
	private List<SuspectScope> next() {
		List<SuspectScope> group = new ArrayList<>();
		long suspects = 0;
		for (SuspectScope scope : this.transactions
			.call(() -> this.scopes.next(this.event, Long.MIN_VALUE, MOST_SCOPES))) {
			suspects += scope.suspects();
			if (!group.isEmpty() && suspects > SuspectLooks.MOST_SUSPECTS) {
				break;
			}
			group.add(scope);
		}
		return group;
	}

	private void confirm(List<SuspectScope> group) throws Exception {
		this.looks.begin();
		List<ScopeSuspects> found = new ArrayList<>();
		for (SuspectScope scope : group) {
			ScopeSuspects suspects = new ScopeSuspects(scope);
			this.looks.find(suspects);
			found.add(suspects);
		}
		for (int look = 0; look < LOOKS && found.stream().anyMatch((scope) -> !scope.open.isEmpty()); look++) {
			if (!this.run.timedWaits().pause(this.run.parameters().verification().settle())) {
				throw new RunEndsException();
			}
			for (ScopeSuspects scope : found) {
				if (!scope.open.isEmpty()) {
					this.looks.lookAgain(scope);
				}
			}
		}
		for (ScopeSuspects scope : found) {
			List.copyOf(scope.open.keySet()).forEach(scope::moving);
		}
		conclude(found);
	}

	private void conclude(List<ScopeSuspects> found) throws Exception {
		List<LoggedRecord> logged = new ArrayList<>();
		List<BatchRecord> different = new ArrayList<>();
		for (ScopeSuspects scope : found) {
			List<RepairOutcome> outcomes = (this.repair != null) ? this.repair.repair(scope.confirmed)
					: scope.confirmed.stream().map((suspect) -> RepairOutcome.NOT_TRIED).toList();
			for (int i = 0; i < outcomes.size(); i++) {
				Suspect suspect = scope.confirmed.get(i);
				different.add(suspect.record());
				if (outcomes.get(i).repaired()) {
					scope.repaired(suspect);
					logged.add(this.texts.repaired(scope.scope().ordinal(), suspect));
				}
				else {
					logged.add(this.texts.of(scope.scope().ordinal(), suspect, outcomes.get(i).failure()));
				}
			}
		}
		this.transactions.holding(this.run.lease(), () -> {
			found.forEach((scope) -> this.scopes.conclude(this.event, scope.scope(), scope.findings()));
			long room = logged.isEmpty() ? 0 : MOST_LOGGED - this.log.count(this.event, MOST_LOGGED);
			this.log.add(this.event, logged.stream().limit(Math.max(0, room)).toList());
			this.witness.invalidate(different);
		});
	}

}
