package io.deltasync.run.verify;

import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RecordSize;
import io.deltasync.run.deliver.BatchRecord;
import io.deltasync.run.fetch.Fetch;
import io.deltasync.run.fetch.ScopeException;
import io.deltasync.run.fetch.ScopeOpener;
import io.deltasync.run.retry.CallAttempts;
import io.deltasync.run.retry.RunEndsException;
import io.deltasync.run.retry.TransientFailures;
import io.deltasync.run.retry.UnavailableException;
import io.deltasync.scope.ScopeEntry;

/**
 * Fetches scopes again after all lanes have ended. Not thread-safe.
 */
final class ScopeReader {

	/** The size at which a batch is passed on, in bytes. */
	private static final long MOST_BYTES = 4 << 20;

	private final ActiveRun run;

	private final ScopeOpener opener;

	private final Pace pace;

	ScopeReader(ActiveRun run, ScopeOpener opener, Pace pace) {
		this.run = run;
		this.opener = opener;
		this.pace = pace;
	}

	/**
	 * Fetches a scope. After a transient failure it is fetched from its beginning, so
	 * that records may be passed on twice.
	 * @param scope the scope
	 * @param work receives the records in batches
	 * @return false if the scope cannot be fetched
	 * @throws RunEndsException if the run must end
	 * @throws Exception if the run cannot continue
	 */
	boolean read(ScopeEntry scope, Work work) throws Exception {
		CallAttempts attempts = this.run.retries().begin("fetchRecords");
		while (true) {
			try {
				RunContext callContext = new RunContext();
				return callContext.call(() -> readOnce(scope, work));
			}
			catch (ScopeException | UnavailableException ex) {
				if (this.run.ending().isBrokenOff()) {
					throw new RunEndsException();
				}
				boolean again = this.opener.canRepeat(scope) && TransientFailures.isTransient(ex) && attempts.again(ex);
				if (!again && ex instanceof UnavailableException) {
					throw ex;
				}
				if (!again) {
					return false;
				}
			}
		}
	}

	private boolean readOnce(ScopeEntry scope, Work work) throws Exception {
		int limit = this.run.context().batchSizeLimit();
		List<BatchRecord> batch = new ArrayList<>();
		long bytes = 0;
		try (Fetch fetch = this.opener.open(scope)) {
			while (fetch.hasNext()) {
				RecordInFlight record = fetch.next();
				batch.add(BatchRecord.standalone(record));
				bytes += RecordSize.of(record);
				if (batch.size() >= limit || bytes >= MOST_BYTES) {
					pass(batch, work);
					batch = new ArrayList<>();
					bytes = 0;
				}
			}
			if (this.run.ending().isBrokenOff()) {
				// an adapter may mistake an interrupted read for the end of its records
				throw new RunEndsException();
			}
		}
		pass(batch, work);
		return true;
	}

	private void pass(List<BatchRecord> batch, Work work) throws Exception {
		this.run.lease().checkLocally();
		if (this.run.ending().mustEnd()) {
			throw new RunEndsException();
		}
		if (!batch.isEmpty()) {
			this.pace.await(batch.size());
			work.take(batch);
		}
	}

	/** Takes the records of a scope. */
	interface Work {

		void take(List<BatchRecord> batch) throws Exception;

	}

}
