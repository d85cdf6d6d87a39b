package io.deltasync.fault;

/**
 * What happens to one of the processes of a run, and how many records may be delivered
 * twice because of it.
 */
enum Blow {

	WORKER_IS_KILLED(RemoteApplication.LANES * RemoteApplication.BATCH),

	MANAGER_IS_KILLED(RemoteApplication.LANES * RemoteApplication.BATCH),

	/** Lanes that are being executed continue: none is delivered twice. */
	BROKER_IS_KILLED(0),

	/** It ends its batches, but not the scopes that it has begun. */
	WORKER_IS_TOLD_TO_END(RemoteApplication.LANES * Scenario.SCOPE),

	/** It wakes up when its lanes are long another's. */
	WORKER_FALLS_ASLEEP(2 * RemoteApplication.LANES * RemoteApplication.BATCH);

	private final int mostTwice;

	Blow(int mostTwice) {
		this.mostTwice = mostTwice;
	}

	int mostTwice() {
		return this.mostTwice;
	}

}
