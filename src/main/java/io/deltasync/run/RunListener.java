package io.deltasync.run;

/**
 * Is told of the runs of this process.
 */
public interface RunListener {

	/**
	 * Is called when an attempt of a run has ended, its outcome is stored and its Link is
	 * free. In the run's own thread; what is thrown is logged.
	 * @param run the run
	 */
	void ended(ActiveRun run);

}
