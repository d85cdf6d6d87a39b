package io.deltasync.run.verify;

import io.deltasync.event.VerifyOptions;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTables;
import io.deltasync.scope.Progress;
import io.deltasync.verified.TargetRowCounts;
import io.deltasync.verified.Verification;
import io.deltasync.verified.Verifications;
import io.deltasync.verified.VerifyResult;
import io.deltasync.verified.VerifyScopes;
import org.jspecify.annotations.Nullable;

/**
 * Decides the result of verifications. Thread-safe.
 */
public final class Findings {

	private final VerifyScopes scopes;

	private final Verifications verifications;

	/**
	 * Creates the findings of all runs.
	 * @param tables the tables in which findings are stored
	 */
	public Findings(RunTables tables) {
		this.scopes = tables.verifyScopes();
		this.verifications = tables.verifications();
	}

	/**
	 * Adds up what a run has found. Takes part in the caller's transaction.
	 * @param run the run, which has come to its end
	 * @param event its Sync Event
	 * @param progress the progress of its lanes
	 * @return the verification with its result
	 */
	public Verification of(ActiveRun run, long event, Progress progress) {
		VerifyOptions options = run.parameters().verification();
		VerifyScopes.Sums sums = this.scopes.sums(event);
		TargetRowCounts rows = this.verifications.rows(event);
		Verification found = Verification.of(options.sample(), progress.records(), sums, rows);
		boolean proven = progress.scopes().failed() == 0 && found.addsUp(progress.records(), sums)
				&& (options.sample() != null || rows.rows() != null);
		return found.with(found.decide(proven, options.strict(), progress.deletions().written()));
	}

	/**
	 * Stores the result as the last one of its Link. Takes part in the caller's
	 * transaction.
	 * @param run the run
	 * @param event its Sync Event
	 * @param found what it has found
	 */
	public void store(ActiveRun run, long event, Verification found) {
		this.verifications.store(run.link().name(), event, run.parameters().runTimestamp(), found);
	}

	/**
	 * Returns what an operator must know of a result.
	 * @param run the run
	 * @param found what it has found
	 * @return the objection; null if the Link is in step
	 */
	public static @Nullable String objection(ActiveRun run, Verification found) {
		VerifyResult result = found.result();
		if (result == null || result.isSuccess()) {
			return null;
		}
		String differences = found.differences();
		return "Link '%s' %s%s".formatted(run.link().name(),
				(result == VerifyResult.REPAIRED) ? result.words() : "is " + result.words(),
				differences.isEmpty() ? "" : ": " + differences);
	}

}
