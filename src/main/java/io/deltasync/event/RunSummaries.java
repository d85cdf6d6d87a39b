package io.deltasync.event;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.schema.Columns;
import io.deltasync.scope.IgnoredReason;
import io.deltasync.scope.IgnoredReasons;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Progress;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeProgress;
import io.deltasync.scope.Warnings;
import io.deltasync.verified.Verification;
import io.deltasync.verified.Verifications;
import io.deltasync.verified.VerifyScopes;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what is stored for runs. Thread-safe; every method takes part in the caller's
 * transaction.
 */
public class RunSummaries {

	/** How many warnings an event lists at most. */
	private static final int MAX_WARNINGS = 20;

	/**
	 * How long a warning is at most, in characters: an execution context has room for
	 * only 64 kB on MySQL.
	 */
	private static final int MAX_WARNING = 500;

	/** How many reasons are kept at most. */
	private static final int MAX_REASONS = 20;

	private final Plans plans;

	private final ScopeProgress progress;

	private final Warnings warnings;

	private final IgnoredReasons ignored;

	private final VerifyScopes verifyScopes;

	private final Verifications verifications;

	/**
	 * Creates summaries.
	 * @param plans finds the plan of a run
	 * @param progress finds its progress
	 * @param warnings finds its warnings
	 * @param ignored finds why records were ignored
	 * @param verifyScopes finds what verifications have found
	 * @param verifications finds the rows that verifications have counted
	 */
	public RunSummaries(Plans plans, ScopeProgress progress, Warnings warnings, IgnoredReasons ignored,
			VerifyScopes verifyScopes, Verifications verifications) {
		this.plans = plans;
		this.progress = progress;
		this.warnings = warnings;
		this.ignored = ignored;
		this.verifyScopes = verifyScopes;
		this.verifications = verifications;
	}

	/**
	 * Adds up what is stored for a run that ends.
	 * @param event the Sync Event
	 * @param cursorAfter the cursor for the next run, or null
	 * @return the summary
	 */
	public RunSummary of(long event, @Nullable String cursorAfter) {
		Progress counted = this.progress.find(event);
		return summary(event, this.plans.find(event), counted, cursorAfter,
				this.ignored.find(event, counted.records().ignored(), MAX_REASONS));
	}

	/**
	 * Adds up what is stored for a run to date, without the reasons for ignored records.
	 */
	RunSummary live(long event, Plan plan) {
		return summary(event, plan, this.progress.find(event), null, null);
	}

	private RunSummary summary(long event, Plan plan, Progress counted, @Nullable String cursorAfter,
			@Nullable List<IgnoredReason> reasons) {
		RecordCounts deletions = counted.deletions();
		return new RunSummary((plan.round() > 0) ? plan.strategy().name() : null, plan.expectedTotalRecords(),
				counted.scopes(), counted.records(), deletions.written(), deletions.failed(), cursorAfter,
				warnings(event, plan), reasons, null);
	}

	/**
	 * Adds up what a verification has found to date.
	 * @param event the Sync Event
	 * @param options how it compares
	 * @param records the counts of its records
	 * @return the verification without a result
	 */
	Verification verification(long event, VerifyOptions options, RecordCounts records) {
		return Verification.of(options.sample(), records, this.verifyScopes.sums(event),
				this.verifications.rows(event));
	}

	private List<String> warnings(long event, Plan plan) {
		List<String> listed = new ArrayList<>(plan.warnings());
		listed.addAll(this.warnings.find(event, MAX_WARNINGS));
		long all = (listed.size() < MAX_WARNINGS) ? listed.size() : plan.warnings().size() + this.warnings.count(event);
		if (all > MAX_WARNINGS) {
			listed = new ArrayList<>(listed.subList(0, MAX_WARNINGS - 1));
			listed.add("and %d more warnings".formatted(all - MAX_WARNINGS + 1));
		}
		return listed.stream().map((warning) -> Columns.cut(warning, MAX_WARNING)).toList();
	}

}
