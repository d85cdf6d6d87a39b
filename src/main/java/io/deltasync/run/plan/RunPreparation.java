package io.deltasync.run.plan;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.event.LateWrites;
import io.deltasync.event.Mode;
import io.deltasync.event.Rewrite;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SeenColumns;
import io.deltasync.link.Link;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.Rejects;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.FormerRows;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Warnings;

/**
 * Prepares the stored state of a Link for a run: its rejects, its delivery index and what
 * earlier runs wrote too late. Thread-safe.
 */
public final class RunPreparation {

	private final Plans plans;

	private final Warnings warnings;

	private final FormerRows formerRows;

	private final Rejects rejects;

	private final RejectRows rejectRows;

	private final SeenColumns columns;

	private final DeliveryIndexTable delivered;

	private final LateWrites lateWrites;

	private final RunTransactions transactions;

	/**
	 * Creates the preparation of all runs.
	 * @param plans the progress of planning of all runs
	 * @param warnings the warnings of all runs
	 * @param formerRows what earlier versions have stored elsewhere
	 * @param rejects the rejects of all Links
	 * @param rejectRows the target rows of rejects
	 * @param columns the columns that runs have seen
	 * @param delivered the delivery index of all Links
	 * @param lateWrites the late writes of all Links
	 * @param transactions the transactions of runs
	 */
	public RunPreparation(Plans plans, Warnings warnings, FormerRows formerRows, Rejects rejects, RejectRows rejectRows,
			SeenColumns columns, DeliveryIndexTable delivered, LateWrites lateWrites, RunTransactions transactions) {
		this.plans = plans;
		this.warnings = warnings;
		this.formerRows = formerRows;
		this.rejects = rejects;
		this.rejectRows = rejectRows;
		this.columns = columns;
		this.delivered = delivered;
		this.lateWrites = lateWrites;
		this.transactions = transactions;
	}

	/**
	 * Moves what an earlier version has stored of the run to where this one finds it,
	 * notes whether rejects are waiting, empties the delivery index of a Link that no
	 * longer uses it, and covers late writes before the first planning.
	 * @return what was stored of the run and its Link
	 */
	Begun begin(ActiveRun run, long event) {
		Begun begun = this.transactions.call(() -> {
			boolean waiting = this.rejects.anyWaiting(run.link().name());
			boolean moved = this.formerRows.move(event);
			Plan plan = this.plans.find(event);
			boolean more = emptyIndex(run);
			if ((plan.round() == 0 && coverLateWrites(run, event)) || moved) {
				run.lease().lockAndVerify();
			}
			return new Begun(plan, waiting, this.rejectRows.areDiscardedIdentified(run.link().name()),
					this.columns.find(run.link().name()), more);
		});
		if (begun.waitingRejects()) {
			run.markWaitingRejects();
		}
		repeat(run, begun.moreInIndex(), () -> emptyIndex(run));
		return begun;
	}

	/**
	 * Deletes, before a full run, the rows of the delivery index for other targets, which
	 * are useless. Asks the adapters for the target, so it must not be called in a
	 * transaction.
	 */
	void forgetOtherTargets(ActiveRun run) {
		Link link = run.link();
		if (run.isTesting() || !link.remembersDeliveries() || run.parameters().mode() != Mode.FULL) {
			return;
		}
		String target = link.identity().targetId();
		repeat(run, true, () -> this.delivered.forgetOthers(link.name(), target));
	}

	/** Repeats an action until nothing is left, each time in a new transaction. */
	private void repeat(ActiveRun run, boolean any, BooleanSupplier some) {
		boolean more = any;
		while (more && !run.ending().mustEnd()) {
			run.lease().checkLocally();
			more = this.transactions.call(() -> some.getAsBoolean());
		}
	}

	/**
	 * Marks late writes as covered, because from now on the run fetches its whole window,
	 * including the records that a run wrote too late. If this run fails, the next one
	 * starts from the same window.
	 * @return whether the run covers late writes at all
	 */
	private boolean coverLateWrites(ActiveRun run, long event) {
		RunParameters parameters = run.parameters();
		if (run.isTesting() || !parameters.mode().movesWindow()) {
			return false;
		}
		List<String> warnings = this.lateWrites.cover(run.link().name(), parameters.lastSuccess())
			.stream()
			.map(("event %d may have written records after it had lost the Link, so the window starts where its own "
					+ "did")::formatted)
			.toList();
		this.warnings.add(event, warnings);
		return true;
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
	 * Deletes rows of the delivery index of a Link that no longer uses it, as many as one
	 * transaction should hold. They would be outdated when it uses the index again.
	 * @return whether more may be left
	 */
	private boolean emptyIndex(ActiveRun run) {
		return !run.isTesting() && !run.link().remembersDeliveries() && this.delivered.deleteSome(run.link().name());
	}

	/**
	 * What is stored of a run and its Link before the run does anything.
	 *
	 * @param plan the plan of the run; {@link Plan#NONE} before the first planning
	 * @param waitingRejects whether rejects of the Link are waiting
	 * @param discardedIdentified whether its discarded rejects are identified
	 * @param columns the columns that earlier runs have seen
	 * @param moreInIndex whether rows of a delivery index that is not used are left
	 */
	record Begun(Plan plan, boolean waitingRejects, boolean discardedIdentified, SeenColumns.Stored columns,
			boolean moreInIndex) {

		/** Whether rejects of earlier versions may have to be identified. */
		boolean mayHaveFormerRejects() {
			return this.waitingRejects || !this.discardedIdentified;
		}

	}

}
