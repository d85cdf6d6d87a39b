package io.deltasync.remote;

/**
 * Executes the lanes of other processes' runs.
 */
public interface Worker {

	/**
	 * Executes lanes until this process is stopped.
	 * @throws InterruptedException when the thread is interrupted
	 */
	void work() throws InterruptedException;

}
