package io.deltasync.run.verify;

import java.util.function.Predicate;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.api.SourceAdapterForLookup;
import io.deltasync.event.Watermark;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.retry.Instances;

/**
 * Finds out which records the next run fetches, because they have changed since the last
 * success. Such records are not differences.
 */
final class PendingRecords {

	private PendingRecords() {
	}

	/**
	 * Asks the source of a run.
	 * @param run the run
	 * @return a test of records as they were fetched; one that no record passes if the
	 * source cannot tell
	 * @throws Exception if the source cannot be asked
	 */
	static Predicate<RecordInFlight> of(ActiveRun run) throws Exception {
		if (!SourceAdapterForLookup.class.isAssignableFrom(run.link().sourceType())) {
			return (record) -> false;
		}
		Watermark last = run.parameters().lastSuccess();
		LinkContext context = run.context()
			.toBuilder()
			.lastSuccessfulSync(last.sync())
			.lastSuccessfulCursor(last.cursor())
			.fullRun(false)
			.build();
		return run.retries()
			.call("fetchedByNextRun", () -> run.waits().reading(() -> new RunContext().call(() -> ask(run, context))));
	}

	private static Predicate<RecordInFlight> ask(ActiveRun run, LinkContext context) throws Exception {
		return Instances.use((SourceAdapterForLookup) run.link().newSource(), (source) -> {
			Predicate<RecordInFlight> test = source.fetchedByNextRun(context);
			return (test != null) ? test : (record) -> false;
		});
	}

}
