package io.deltasync.run.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.event.LateWrites;
import io.deltasync.event.Mode;
import io.deltasync.event.Rewrite;
import io.deltasync.event.RunParameters;
import io.deltasync.link.Link;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.FormerRows;
import io.deltasync.scope.Warnings;

/**
 * Prepares the stored state of a Link for a run: its rejects, its delivery index and what
 * earlier runs wrote too late. Thread-safe.
 */
public final class RunPreparation {

	private final Warnings warnings;

	private final FormerRows formerRows;

	private final Rejects rejects;

	private final DeliveryIndexTable delivered;

	private final LateWrites lateWrites;

	private final RunTransactions transactions;

	/**
	 * Creates the preparation of all runs.
	 * @param warnings the warnings of all runs
	 * @param formerRows what earlier versions have stored elsewhere
	 * @param rejects the rejects of all Links
	 * @param delivered the delivery index of all Links
	 * @param lateWrites the late writes of all Links
	 * @param transactions the transactions of runs
	 */
	public RunPreparation(Warnings warnings, FormerRows formerRows, Rejects rejects, DeliveryIndexTable delivered,
			LateWrites lateWrites, RunTransactions transactions) {
		this.warnings = warnings;
		this.formerRows = formerRows;
		this.rejects = rejects;
		this.delivered = delivered;
		this.lateWrites = lateWrites;
		this.transactions = transactions;
	}

	/**
	 * Moves what an earlier version has stored of the run to where this one finds it, and
	 * notes whether rejects are waiting.
	 */
	void begin(ActiveRun run, long event) {
		boolean waiting = this.transactions.call(() -> {
			boolean any = this.rejects.anyWaiting(run.link().name());
			if (this.formerRows.move(event)) {
				run.lease().lockAndVerify();
			}
			return any;
		});
		if (waiting) {
			run.markWaitingRejects();
		}
	}

	/**
	 * Marks late writes as covered, because from now on the run fetches its whole window,
	 * including the records that a run wrote too late. If this run fails, the next one
	 * starts from the same window.
	 */
	void coverLateWrites(ActiveRun run, long event) {
		RunParameters parameters = run.parameters();
		if (run.isTesting() || !parameters.mode().movesWindow()) {
			return;
		}
		this.transactions.run(() -> {
			List<String> warnings = this.lateWrites.cover(run.link().name(), parameters.lastSuccess())
				.stream()
				.map(("event %d may have written records after it had lost the Link, so the window starts where its own "
						+ "did")::formatted)
				.toList();
			this.warnings.add(event, warnings);
			run.lease().lockAndVerify();
		});
	}

	/**
	 * Invalidates all digests before a run that rewrites everything, so that no later run
	 * skips the records that this one does not reach.
	 */
	void invalidateDeliveries(ActiveRun run) {
		RunParameters parameters = run.parameters();
		if (parameters.rewrite() != Rewrite.EVERYTHING || run.isTesting() || !run.link().skipUnchanged()) {
			return;
		}
		Optional<String> last = Optional.of("");
		while (last.isPresent() && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			String after = last.get();
			last = this.transactions.call(() -> this.delivered.invalidateNext(run.link().name(), after));
		}
	}

	/**
	 * Deletes rows of the delivery index: all of them if the Link no longer uses the
	 * index, because they would be outdated when it does again, and on a full run those
	 * of other targets, which are useless.
	 */
	void forgetDeliveries(ActiveRun run) {
		if (run.isTesting()) {
			return;
		}
		if (!run.link().remembersDeliveries()) {
			repeat(run, () -> this.delivered.deleteSome(run.link().name()));
		}
		else if (run.parameters().mode() == Mode.FULL) {
			String target = run.link().identity().targetId();
			repeat(run, () -> this.delivered.forgetOthers(run.link().name(), target));
		}
	}

	/** Repeats an action until nothing is left, each time in a new transaction. */
	private void repeat(ActiveRun run, BooleanSupplier some) {
		boolean more = true;
		while (more && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			more = this.transactions.call(() -> some.getAsBoolean());
		}
	}

}
