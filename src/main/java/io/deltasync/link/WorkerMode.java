package io.deltasync.link;

/**
 * The place where lanes run.
 */
public enum WorkerMode {

	/** On threads of the process that runs the Link. */
	LOCAL,

	/** In other processes, which are started with the command {@code worker}. */
	REMOTE

}
