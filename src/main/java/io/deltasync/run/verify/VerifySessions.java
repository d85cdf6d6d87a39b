package io.deltasync.run.verify;

import io.deltasync.reject.RejectChanges;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.deliver.LaneSession;
import io.deltasync.codec.ValueCodec;
import io.deltasync.verified.VerifyScopes;

/** Opens the sessions of lanes that compare. Thread-safe. */
public final class VerifySessions {

	private final RejectChanges rejects;

	private final VerifyScopes scopes;

	private final RunTransactions transactions;

	/**
	 * Creates the sessions of all runs.
	 * @param tables the tables in which findings are stored
	 * @param transactions the transactions in which they are read
	 */
	public VerifySessions(RunTables tables, RunTransactions transactions) {
		this.rejects = tables.rejectChanges();
		this.scopes = tables.verifyScopes();
		this.transactions = transactions;
	}

	/**
	 * Opens a session.
	 * @param run the run
	 * @param event its Sync Event
	 * @param lanes how many lanes share the rate
	 * @return the session, which the caller closes
	 */
	public LaneSession open(ActiveRun run, long event, int lanes) {
		HeldRecords held = new HeldRecords(run, this.rejects, ValueCodec.ofProperties(run.link().sourceType()),
				this.transactions);
		Pace pace = new Pace(run.timedWaits(), run.parameters().verification().rate(), lanes);
		return new VerifySession(event, run.link().mask(), new Comparer(run), held, this.scopes, pace);
	}

}
