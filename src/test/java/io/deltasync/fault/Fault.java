package io.deltasync.fault;

import java.util.Set;

/**
 * What goes wrong in a round of the campaign.
 */
enum Fault {

	PROCESS_IS_KILLED("kill -9 of the process", Set.of(137)),

	PROCESS_IS_TOLD_TO_END("SIGTERM to the process", Set.of(143)),

	CONNECTIONS_ARE_CUT("connections cut", Set.of(3, 5)),

	SERVER_REFUSES("connections cut, new ones refused", Set.of(3, 5)),

	/** For longer than a lease holds, or a little with every piece. */
	BYTES_ARE_HELD("bytes held back", Set.of(3, 5)),

	SERVER_IS_KILLED("kill -9 of MySQL, started again", Set.of(3, 5)),

	/** Until the process was told to end. */
	SERVER_HANGS("server hangs", Set.of(3, 5, 143)),

	/** And kill -9 of the run that fills the new one. */
	TARGET_IS_REPLACED("target replaced", Set.of(137)),

	/** The same, by one whose rows have other values under old times. */
	SOURCE_IS_REPLACED("source replaced", Set.of(137)),

	DISK_IS_FULL("disk full", Set.of(3, 5)),

	ONE_IN_A_THOUSAND("0.1 % poison", Set.of(3), 1),

	ONE_IN_A_HUNDRED("1 % poison", Set.of(3), 10),

	/** Whether it is too much depends on which are met first. */
	EVERY_SECOND("50 % poison", Set.of(3, 5), 500),

	ALL("100 % poison", Set.of(5), 1000);

	private final String words;

	private final Set<Integer> exits;

	private final int perMille;

	Fault(String words, Set<Integer> exits) {
		this(words, exits, 0);
	}

	Fault(String words, Set<Integer> exits, int perMille) {
		this.words = words;
		this.exits = exits;
		this.perMille = perMille;
	}

	/** What the process may end with, if its run was not successful anyway. */
	Set<Integer> exits() {
		return this.exits;
	}

	/** How many of a thousand records the target refuses. */
	int perMille() {
		return this.perMille;
	}

	/** Whether it makes the Link another one, which a delta run must refuse. */
	boolean changesLink() {
		return this == TARGET_IS_REPLACED || this == SOURCE_IS_REPLACED;
	}

	/** Whether it is over as soon as somebody has put it right, and not before. */
	boolean isPutRight() {
		return this.perMille > 0 || this == DISK_IS_FULL;
	}

	@Override
	public String toString() {
		return this.words;
	}

}
