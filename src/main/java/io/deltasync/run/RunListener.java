package io.deltasync.run;

/**
 * Listens to the ends of runs in this process.
 */
public interface RunListener {

	/**
	 * Called when an attempt of a run has ended, its outcome is stored and its Link is
	 * released. Runs in the run's own thread; exceptions are logged.
	 * @param run the run
	 */
	void ended(ActiveRun run);

}
