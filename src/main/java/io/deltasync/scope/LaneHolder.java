package io.deltasync.scope;

/**
 * The holder of a lane. A process that was suspended and has lost its lease still knows
 * the lane's name, but not the token of the present holder, so it can no longer change a
 * page.
 *
 * @param lane the lane's name, the same after a restart
 * @param token the fencing token of the lease by which it is held
 */
public record LaneHolder(String lane, long token) {

	/** Returns the text that the table stores. */
	String stored() {
		return "%s@%d".formatted(this.lane, this.token);
	}

	/** Returns a pattern that matches all holders of the lane. */
	String anyHolder() {
		return this.lane + "@%";
	}

}
