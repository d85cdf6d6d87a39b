package io.deltasync.run.deliver;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

import io.deltasync.delivered.DeliveryIndexTable;

/**
 * The rows that a lane may have written since its batch began. Not thread-safe; each lane
 * has its own.
 */
final class WrittenRows {

	private final String link;

	private final DeliveryIndexTable delivered;

	private final boolean indexed;

	private final Set<String> ids = new HashSet<>();

	/**
	 * Creates an empty set.
	 * @param link the Link's name
	 * @param delivered the delivery index of all Links
	 * @param indexed whether this run changes the index
	 */
	WrittenRows(String link, DeliveryIndexTable delivered, boolean indexed) {
		this.link = link;
		this.delivered = delivered;
		this.indexed = indexed;
	}

	/** Clears the set. */
	void begin() {
		this.ids.clear();
	}

	/**
	 * Adds rows that are about to be written or deleted.
	 * @param rowIds the digests of their keys
	 */
	void add(Collection<String> rowIds) {
		this.ids.addAll(rowIds);
	}

	/**
	 * Invalidates the digests of all rows in the set, so that they are written again.
	 * Takes part in the caller's transaction.
	 */
	void invalidate() {
		if (this.indexed) {
			this.delivered.invalidate(this.link, this.ids);
		}
	}

}
