package io.deltasync.delivered;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the last delivery of a record.
 *
 * @param contentId the digest of what the target got; null when that is not known
 * @param version grows with each change of what is known, from 1
 */
public record IndexEntry(@Nullable String contentId, long version) {

	/**
	 * Whether a first delivery has begun and nothing came of it yet: another lane may
	 * still take that back.
	 * @return true as long as nothing was delivered
	 */
	public boolean isUnderWay() {
		return this.contentId == null && this.version == 1;
	}

}
