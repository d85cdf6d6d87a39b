package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * The index entry of a delivered record.
 *
 * @param contentId the digest of the content that the target received; null when it is
 * not known
 * @param version grows with each change of the entry, from 1
 */
public record IndexEntry(@Nullable String contentId, long version) {

	/**
	 * Whether this is a placeholder: a first delivery has started but not succeeded yet,
	 * and another lane may still delete the entry.
	 * @return true as long as nothing was delivered
	 */
	public boolean isPlaceholder() {
		return this.contentId == null && this.version == 1;
	}

}
