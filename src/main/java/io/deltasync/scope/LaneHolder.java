package io.deltasync.scope;

/**
 * Who holds a lane. A process that was suspended and lost its lease still has the lane's
 * name, but not the token of the one that holds it now: it can no longer change a page.
 *
 * @param lane the lane's name, the same after a restart
 * @param token the number of the lease by which it is held
 */
public record LaneHolder(String lane, long token) {

	/** How the table names it. */
	String stored() {
		return "%s@%d".formatted(this.lane, this.token);
	}

	/** Matches all holders of the lane. */
	String anyHolder() {
		return this.lane + "@%";
	}

}
