package io.deltasync.delivered;

/**
 * Counts the delivered records that a run has met and those that it has not.
 *
 * @param all how many were ever delivered and not deleted since
 * @param unseen how many of these the run did not meet
 * @param deletable how many of the unseen ones can be deleted at the target, because
 * their keys went to it
 */
public record DeliveredCounts(long all, long unseen, long deletable) {

	/**
	 * Whether the records to delete are more than a share of all.
	 * @param percent the share, from 0 to 100
	 * @return true if the share is exceeded
	 */
	public boolean exceeds(double percent) {
		return this.unseen * 100.0 > this.all * percent;
	}

}
