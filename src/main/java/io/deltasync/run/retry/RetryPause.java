package io.deltasync.run.retry;

import java.time.Duration;

/**
 * Waits before a call is repeated.
 */
@FunctionalInterface
public interface RetryPause {

	/**
	 * Waits.
	 * @param call the name of the call
	 * @param attempt the number of the next attempt, from 2 on
	 * @param time how long to wait
	 * @return false if the run must end before that
	 */
	boolean before(String call, int attempt, Duration time);

}
