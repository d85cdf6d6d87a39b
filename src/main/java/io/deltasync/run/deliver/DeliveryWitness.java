package io.deltasync.run.deliver;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

import io.deltasync.delivered.DeliveryIndexTable;
import io.deltasync.delivered.IndexEntry;
import io.deltasync.delivered.MetRecords;
import io.deltasync.delivered.UnseenRecord;
import io.deltasync.link.Link;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.RunTransactions;
import io.deltasync.run.retry.Instances;

/**
 * What the delivery index testifies of records that a verification compares, and of rows
 * that it finds. Has its own instance of the target. Not thread-safe.
 */
public final class DeliveryWitness implements AutoCloseable {

	private final Link link;

	private final String targetId;

	private final DeliveryIndexTable delivered;

	private final MetRecords metRecords;

	private final RunTransactions transactions;

	private final DeliveryIndex index;

	/**
	 * Creates the witness of a run.
	 * @param run the run
	 * @param event its Sync Event
	 * @param delivered the delivery index of all Links
	 * @param metRecords the records in it
	 * @param transactions the transactions in which it is read
	 */
	public DeliveryWitness(ActiveRun run, long event, DeliveryIndexTable delivered, MetRecords metRecords,
			RunTransactions transactions) {
		this.link = run.link();
		this.targetId = this.link.identity().targetId();
		this.delivered = delivered;
		this.metRecords = metRecords;
		this.transactions = transactions;
		this.index = new DeliveryIndex(run, event, false, delivered, transactions);
	}

	/**
	 * Determines the rows of records.
	 * @param batch the records, ready for the target or stopped before it; each receives
	 * its {@link BatchRecord#rowId()}
	 * @param ready whether they are ready
	 */
	public void findRows(List<BatchRecord> batch, boolean ready) {
		if (ready) {
			this.index.rows().ofReady(batch);
		}
		else {
			this.index.rows().ofStopped(batch);
		}
	}

	/**
	 * Compares records with what the Link has delivered.
	 * @param ready the records, ready for the target
	 * @return what is remembered of each, in the same order
	 */
	public List<Remembered> ask(List<BatchRecord> ready) {
		if (!this.link.remembersDeliveries() || ready.isEmpty()) {
			return ready.stream().map((one) -> Remembered.NOT_KEPT).toList();
		}
		this.index.rows().ofReady(ready);
		Map<String, List<BatchRecord>> byId = this.index.ids().identify(ready);
		Map<String, IndexEntry> known = this.transactions
			.call(() -> this.delivered.find(this.link.name(), this.targetId, byId.keySet()));
		return ready.stream().map((one) -> remembered(one, known)).toList();
	}

	private Remembered remembered(BatchRecord one, Map<String, IndexEntry> known) {
		if (one.recordId == null) {
			return Remembered.NOT_KEPT;
		}
		IndexEntry entry = known.get(this.index.ids().indexId(one));
		if (entry == null || entry.isPlaceholder()) {
			return Remembered.NOTHING;
		}
		if (entry.contentId() == null) {
			return Remembered.UNCERTAIN;
		}
		return Objects.equals(entry.contentId(), one.contentId) ? Remembered.SAME : Remembered.OTHER;
	}

	/**
	 * Invalidates what is remembered of records, so that the next run that fetches them
	 * writes them. Takes part in the caller's transaction.
	 * @param ready records that were {@linkplain #ask asked for}
	 */
	public void invalidate(Collection<BatchRecord> ready) {
		Set<String> ids = ready.stream()
			.filter((one) -> one.recordId != null)
			.map((one) -> this.index.ids().indexId(one))
			.collect(Collectors.toSet());
		if (!ids.isEmpty()) {
			this.delivered.invalidate(this.link.name(), ids);
		}
	}

	/**
	 * Finds the rows that the Link has delivered.
	 * @param rowIds the digests of their keys
	 * @return those that it has delivered, by these digests
	 */
	public Map<String, UnseenRecord> delivered(Collection<String> rowIds) {
		Map<String, UnseenRecord> found = new HashMap<>();
		if (!rowIds.isEmpty()) {
			this.transactions.call(() -> this.metRecords.deletable(this.link.name(), this.targetId, rowIds))
				.forEach((one) -> found.put(one.rowId(), one));
		}
		return found;
	}

	/** Closes the instance of the target. */
	@Override
	public void close() {
		Instances.close(List.of(this.index.rows().target()));
	}

	/** What the delivery index remembers of a record. */
	public enum Remembered {

		/** The Link does not keep this. */
		NOT_KEPT,

		/** The record was never delivered. */
		NOTHING,

		/** It was delivered with the content that the source has now. */
		SAME,

		/** It was delivered with another content. */
		OTHER,

		/** It was delivered, but its content is not known. */
		UNCERTAIN

	}

}
