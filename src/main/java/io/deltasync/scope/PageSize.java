package io.deltasync.scope;

/**
 * How many scopes a page holds. A page costs a transaction, so it should hold many; lanes
 * should end together, so none should get one that outlasts all others. Pages that shrink
 * with what is left do both, as long as the large ones are claimed first.
 *
 * @param lanes how many lanes share the scopes
 * @param moreFollow whether further scopes come at once, so that lanes need not end
 * together
 */
record PageSize(int lanes, boolean moreFollow) {

	private static final int MAX_SCOPES = 2000;

	/**
	 * A lane's share of what is left comes in so many pages: with fewer, one lane's slow
	 * scopes keep the others waiting at the end; with more, claims take longer than that.
	 */
	private static final int PAGES_PER_LANE = 2;

	/**
	 * No page is smaller than such a part of a lane's share of all. Lanes wait for each
	 * other so much longer at the end, two percent; without it they all claim single
	 * scopes at the same time, and a database that is far away or busy takes longer to
	 * hand them out.
	 */
	private static final int SMALLEST_PART_OF_SHARE = 50;

	int of(int scopes, int left) {
		int size = (this.moreFollow ? scopes : left) / (this.lanes * PAGES_PER_LANE);
		int smallest = scopes / (this.lanes * SMALLEST_PART_OF_SHARE);
		return Math.max(1, Math.min(MAX_SCOPES, Math.max(size, smallest)));
	}

}
