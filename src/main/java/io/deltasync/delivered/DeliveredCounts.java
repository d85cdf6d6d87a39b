package io.deltasync.delivered;

/**
 * How many records that were delivered a run has met.
 *
 * @param all how many were ever delivered and not deleted since
 * @param unseen how many of these the run did not meet
 * @param deletable how many of the unseen ones the target can be told of: whose keys went
 * to it
 */
public record DeliveredCounts(long all, long unseen, long deletable) {

	/**
	 * Tells whether more are to be deleted than a share of all.
	 * @param percent the share, from 0 to 100
	 * @return true if so
	 */
	public boolean exceeds(double percent) {
		return this.unseen * 100.0 > this.all * percent;
	}

}
