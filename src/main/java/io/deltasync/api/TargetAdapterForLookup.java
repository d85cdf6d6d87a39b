package io.deltasync.api;

import org.jspecify.annotations.Nullable;

/**
 * A target that can find what it holds for a record. People can then ask where a record
 * is, and whether the target still has it as it was delivered.
 */
public interface TargetAdapterForLookup extends TargetAdapterForKeys {

	/**
	 * Finds the row that a record would be written to, and compares it with the record.
	 * Called on a new, configured instance, while the Link may be running. Must change
	 * nothing.
	 * @param context the Link
	 * @param record the record as it would be delivered, or with only the properties of
	 * its key; must not be changed
	 * @return what the target holds; null if it has no such row
	 * @throws Exception if the target cannot be asked, or the record has no usable key
	 */
	@Nullable FoundRecord lookUp(LinkContext context, RecordInFlight record) throws Exception;

}
