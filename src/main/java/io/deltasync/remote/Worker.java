package io.deltasync.remote;

/**
 * Carries out the lanes of runs of other processes.
 */
public interface Worker {

	/**
	 * Takes lanes until this process is told to end.
	 * @throws InterruptedException when the thread is interrupted
	 */
	void work() throws InterruptedException;

}
