package io.deltasync.scope;

/**
 * Determines how many scopes a page holds. A page costs a transaction, so large pages are
 * cheaper; but pages must shrink towards the end so that all lanes finish at about the
 * same time. Large pages are claimed first.
 *
 * @param lanes how many lanes share the scopes
 * @param moreFollow whether further scopes come at once, so that lanes need not finish
 * together
 */
record PageSize(int lanes, boolean moreFollow) {

	private static final int MAX_SCOPES = 2000;

	/**
	 * The number of pages into which a lane's share of the remaining scopes is divided.
	 * With fewer pages, a lane with slow scopes keeps the others waiting at the end; with
	 * more, claiming pages costs more than that.
	 */
	private static final int PAGES_PER_LANE = 2;

	/**
	 * The smallest page is this fraction of a lane's share of all scopes. It lets lanes
	 * wait two percent longer for each other at the end. With smaller pages all lanes
	 * would claim single scopes at the same time, which is slower on a remote or busy
	 * database.
	 */
	private static final int SMALLEST_PART_OF_SHARE = 50;

	int of(int scopes, int left) {
		int size = (this.moreFollow ? scopes : left) / (this.lanes * PAGES_PER_LANE);
		int smallest = scopes / (this.lanes * SMALLEST_PART_OF_SHARE);
		return Math.max(1, Math.min(MAX_SCOPES, Math.max(size, smallest)));
	}

}
