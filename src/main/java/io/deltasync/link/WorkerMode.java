package io.deltasync.link;

/**
 * Where lanes are carried out.
 */
public enum WorkerMode {

	/** On threads of the process that runs the Link. */
	LOCAL,

	/** In other processes, that are started with the command {@code worker}. */
	REMOTE

}
