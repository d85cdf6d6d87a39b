package io.deltasync.run.plan;

import java.util.List;

import io.deltasync.event.LinkColumns;
import io.deltasync.event.SeenColumns;
import io.deltasync.link.LinkIdentity;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.Warnings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the columns at both ends of a Link with those of its last successful run, at
 * the start of a run, and stores a warning about changes. Thread-safe.
 */
public final class ColumnWatch {

	private static final Logger logger = LoggerFactory.getLogger(ColumnWatch.class);

	private final SeenColumns columns;

	private final Warnings warnings;

	private final RunTransactions transactions;

	/**
	 * Creates the watch.
	 * @param columns the columns that runs have seen
	 * @param warnings the warnings of runs
	 * @param transactions the transactions of runs
	 */
	public ColumnWatch(SeenColumns columns, Warnings warnings, RunTransactions transactions) {
		this.columns = columns;
		this.warnings = warnings;
		this.transactions = transactions;
	}

	/**
	 * Compares the columns and stores, in one transaction, the columns and the warnings.
	 * If this process dies before that, the restart compares them again; from then on,
	 * the event has the warnings, and its success makes the columns known. A testing run
	 * reports a change, but leaves it to the next run that writes.
	 * @param stored the columns that earlier runs have seen
	 */
	void compare(ActiveRun run, long event, SeenColumns.Stored stored) {
		String link = run.link().name();
		LinkColumns known = (stored.known() != null) ? stored.known() : LinkColumns.UNKNOWN;
		LinkIdentity identity = run.parameters().identities().run();
		LinkColumns now = ColumnQuestions.ask(run.link(), run.context(), identity, known, run.waits()::reading,
				run.waits()::reading);
		if (now.equals(known) && !stored.seen() && !run.isTesting()) {
			return;
		}
		List<String> changes = ColumnChanges.describe(run.link(), known, now,
				ColumnQuestions.properties(run.link(), run.context(), run.waits()::reading));
		changes.forEach((change) -> logger.warn("Link '{}': {}", link, change));
		run.lease().checkLocally();
		this.transactions.run(() -> {
			this.warnings.setColumns(event, changes);
			if (!run.isTesting()) {
				this.columns.see(link, event, now.equals(known) ? null : now);
			}
			run.lease().lockAndVerify();
		});
	}

}
