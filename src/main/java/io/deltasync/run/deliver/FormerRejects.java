package io.deltasync.run.deliver;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.TargetAdapter;
import io.deltasync.codec.UnreadableScopeException;
import io.deltasync.codec.ValueCodec;
import io.deltasync.config.Mask;
import io.deltasync.link.Link;
import io.deltasync.reject.RecordIdentity;
import io.deltasync.reject.Reject;
import io.deltasync.reject.RejectRows;
import io.deltasync.reject.RejectsToDeliver;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Instances;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Updates the identity of rejects from earlier versions of DeltaSync, which compared keys
 * by their text. Runs before anything is delivered: otherwise a delivery would not close
 * the waiting rejects, so that they would be retried over newer versions, and discarded
 * records would fail again. Not thread-safe.
 */
public final class FormerRejects {

	private static final Logger logger = LoggerFactory.getLogger(FormerRejects.class);

	private static final int PAGE = 100;

	private final ActiveRun run;

	private final RejectsToDeliver rejects;

	private final RejectRows rejectRows;

	private final RunTransactions transactions;

	private final ValueCodec codec;

	public FormerRejects(ActiveRun run, RejectsToDeliver rejects, RejectRows rejectRows, RunTransactions transactions) {
		Link link = run.link();
		this.run = run;
		this.rejects = rejects;
		this.rejectRows = rejectRows;
		this.transactions = transactions;
		this.codec = ValueCodec.ofProperties(link.sourceType());
	}

	private void identifyDiscarded() {
		String link = this.run.link().name();
		int unknown = 0;
		List<Reject> page = readDiscarded(0);
		while (!page.isEmpty() && !this.run.ending().mustEnd()) {
			unknown += identifyDiscarded(page);
			page = readDiscarded(page.get(page.size() - 1).id());
		}
		if (!page.isEmpty()) {
			return;
		}
		this.transactions.run(() -> {
			this.run.lease().verify();
			this.rejectRows.discardedAreIdentified(link);
		});
		if (unknown > 0) {
			logger
				.warn("Link '{}': {} rejects were discarded in an earlier version, which stored them without all of their "
						+ "properties, so that their records cannot be recognised. Those that fail again are new rejects: "
						+ "discard them again.", link, unknown);
		}
	}

	private List<Reject> readDiscarded(long after) {
		return this.transactions
			.call(() -> this.rejects.discardedOfFormerVersions(this.run.link().name(), after, PAGE));
	}

	/** Returns the number of rejects that cannot be identified. */
	private int identifyDiscarded(List<Reject> page) {
		return this.transactions.call(() -> {
			this.run.lease().verify();
			int unknown = 0;
			for (Reject reject : page) {
				BatchRecord batchRecord = restore(reject);
				if (batchRecord != null) {
					identify(reject, batchRecord);
				}
				else {
					unknown++;
				}
				this.rejectRows.store(reject.id(), null);
			}
			return unknown;
		});
	}

	private boolean identify(Reject reject, BatchRecord batchRecord) {
		RecordIdentity identity = RecordIdentity.of(batchRecord.record, this.codec, Mask.NONE, 0);
		return this.rejects.identify(reject.id(), identity.recordId(), identity.contentId());
	}

	/**
	 * Identifies all such rejects, unless the run must end before that.
	 * @param discarded whether this includes those that were discarded
	 */
	public void identify(boolean discarded) {
		if (discarded) {
			identifyDiscarded();
		}
		if (this.run.hasWaitingRejects()) {
			identifyWaiting();
		}
	}

	private void identifyWaiting() {
		List<Reject> page = read(0);
		if (page.isEmpty()) {
			return;
		}
		Link link = this.run.link();
		TargetAdapter target = link.newTarget();
		TargetRows rows = new TargetRows(this.run.context(), this.run.retries(), target,
				new KeyEncoder(link.mapping(), this.codec));
		try {
			while (!page.isEmpty() && !this.run.ending().mustEnd()) {
				identify(page, rows);
				page = read(page.get(page.size() - 1).id());
			}
		}
		finally {
			Instances.close(List.of(target));
		}
	}

	private List<Reject> read(long after) {
		return this.transactions.call(() -> this.rejects.ofFormerVersions(this.run.link().name(), after, PAGE));
	}

	private void identify(List<Reject> page, TargetRows rows) {
		Map<Long, BatchRecord> restored = new HashMap<>();
		for (Reject reject : page) {
			BatchRecord batchRecord = restore(reject);
			if (batchRecord != null) {
				restored.put(reject.id(), batchRecord);
			}
		}
		rows.ofStopped(List.copyOf(restored.values()));
		this.transactions.run(() -> {
			this.run.lease().verify();
			page.forEach((reject) -> store(reject, restored.get(reject.id())));
		});
	}

	private void store(Reject reject, @Nullable BatchRecord batchRecord) {
		String rowId = null;
		if (batchRecord != null) {
			if (identify(reject, batchRecord)) {
				rowId = batchRecord.rowId;
			}
			else {
				this.rejects.cannotRestore(reject.id(), "another version of the same record is waiting as well");
			}
		}
		this.rejectRows.store(reject.id(), rowId);
	}

	/**
	 * Restores the record of a reject; null if it cannot be restored, in which case it is
	 * never retried separately.
	 */
	private @Nullable BatchRecord restore(Reject reject) {
		if (reject.properties() == null || reject.notRestorable() != null) {
			return null;
		}
		try {
			return new BatchRecord(reject.restore(this.codec), reject, false);
		}
		catch (UnreadableScopeException ex) {
			return null;
		}
	}

}
