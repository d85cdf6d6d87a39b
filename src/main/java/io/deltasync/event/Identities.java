package io.deltasync.event;

import io.deltasync.link.LinkIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a Link in a run and in the last successful run before it.
 *
 * @param run the identity when the run was started; null for runs of earlier versions
 * @param last the identity in the last successful run, with the shape and the properties
 * of the last successful full run; null when there was none, or when it was made by an
 * earlier version
 */
public record Identities(@Nullable LinkIdentity run, @Nullable LinkIdentity last) {

	/** Neither identity is known. */
	public static final Identities NONE = new Identities(null, null);

	/**
	 * Returns the identity that the next run is compared with if this run was successful.
	 * @param everything whether this run fetched everything: only then have all records
	 * passed through its mapping and filters
	 * @return the identity; null when the identity of this run is not known
	 */
	@Nullable LinkIdentity afterSuccess(boolean everything) {
		return (this.run == null || this.last == null || everything) ? this.run : this.run.deliveredAs(this.last);
	}

	/**
	 * Checks that the window of a delta run belongs to the Link's present identity.
	 * @param link the Link's name
	 * @param mode the mode of the run; only delta runs rely on the window
	 * @throws LinkChangedException when the window belongs to another identity
	 */
	public void checkWindow(String link, Mode mode) throws LinkChangedException {
		if (mode == Mode.DELTA && this.run != null && this.last != null
				&& !this.run.changesSince(this.last).isEmpty()) {
			throw LinkChangedException.sinceLastSuccess(link, this.run.changesSince(this.last));
		}
	}

	/**
	 * Returns the warning about a changed mapping or filter list.
	 * @param link the Link's name
	 * @return a message for operators that includes what to do
	 */
	public static String reshaped(String link) {
		return ("The mapping or the filters have changed since the last full run. Records that have not changed since "
				+ "then still have their former values at the target. Run 'run %s --full' to deliver all records again")
			.formatted(link);
	}

	/**
	 * Whether mapping or filters have changed since the last successful full run.
	 * @return false when that is not known
	 */
	public boolean isReshaped() {
		return this.run != null && this.last != null && !this.run.shape().equals(this.last.shape());
	}

	/**
	 * Returns the warning about properties that were added or removed.
	 * @param link the Link's name
	 * @return a message for operators that includes what to do
	 */
	public static String otherProperties(String link) {
		return ("The source has other properties than in the last full run. If one was added, the target does not have it "
				+ "yet for records that have not changed since then. Run 'run %s --full' to deliver all records again")
			.formatted(link);
	}

	/**
	 * Whether the target receives other properties than in the last successful full run,
	 * with the same mapping and filters. Without a delta column, every run delivers all
	 * records, so none lacks a property.
	 * @return false when that is not known
	 */
	public boolean hasOtherProperties() {
		return this.run != null && this.last != null && !isReshaped() && !this.run.deltaColumn().isEmpty()
				&& !this.run.properties().isEmpty() && !this.last.properties().isEmpty()
				&& !this.run.properties().equals(this.last.properties());
	}

	/**
	 * Returns the warning about a Link whose source and target are the same.
	 * @param identity the Link's identity; may be null
	 * @return a message for operators, or null
	 */
	public static @Nullable String sameData(@Nullable LinkIdentity identity) {
		return (identity != null && !identity.source().isEmpty() && identity.source().equals(identity.target()))
				? "The source and the target are the same, %s; each run writes what it has read there. Check the Link's connections and tables"
					.formatted(identity.source())
				: null;
	}

}
