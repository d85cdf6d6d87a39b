package io.deltasync.reject;

import org.jspecify.annotations.Nullable;

/**
 * The version of a record that waits to be delivered.
 *
 * @param id the number of the reject
 * @param recordId the digest of the record's key
 * @param contentId the digest of the version's content
 * @param failing whether the run that met it last counted it as failing
 * @param lastEvent the Sync Event of this run
 * @param ordinal the scope from which it came in this run; null where this does not
 * matter
 */
public record WaitingVersion(long id, String recordId, String contentId, boolean failing, long lastEvent,
		@Nullable Long ordinal) {

	/**
	 * Whether a run counts it as failing.
	 * @param event the Sync Event of the run
	 * @param ordinal the scope
	 * @return false also when this run met it last in another scope
	 */
	public boolean fails(long event, long ordinal) {
		return this.failing && this.lastEvent == event && this.ordinal != null && this.ordinal == ordinal;
	}

}
