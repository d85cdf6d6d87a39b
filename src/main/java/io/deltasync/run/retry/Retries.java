package io.deltasync.run.retry;

import java.util.concurrent.Callable;

import io.deltasync.link.RetrySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;

/**
 * Retries calls to a Link's adapters after transient failures: a limited number of
 * attempts, with growing waits and some jitter, so that lanes that failed together do not
 * retry together. The waits belong to the run and end with it; Spring's RetryTemplate is
 * not used because it sleeps. Thread-safe.
 */
public final class Retries {

	private final String link;

	private final int attempts;

	private final RetryPolicy policy;

	private final RetryPause pause;

	private final Runnable checkContinues;

	/**
	 * Creates the retries of a run.
	 * @param link the Link's name, for the log
	 * @param settings the number of attempts and the waits
	 * @param pause waits; returns false if the run must end before that
	 * @param checkContinues throws if the run must end or has lost its Link
	 */
	public Retries(String link, RetrySettings settings, RetryPause pause, Runnable checkContinues) {
		this.link = link;
		this.attempts = settings.attempts();
		this.pause = pause;
		this.checkContinues = checkContinues;
		this.policy = RetryPolicy.builder()
			.maxRetries(settings.attempts() - 1L)
			.delay(settings.delay())
			.multiplier(settings.multiplier())
			.jitter(settings.delay().dividedBy(2))
			.maxDelay(settings.maxDelay())
			.predicate(TransientFailures::isTransient)
			.build();
	}

	/**
	 * Starts the attempts at one call.
	 * @param call the name of the call, for the log
	 * @return the attempts
	 */
	public CallAttempts begin(String call) {
		return new CallAttempts(this.link, call, this.attempts, this.policy, this.pause, this.checkContinues);
	}

	/**
	 * Makes a call, and repeats it after transient failures.
	 * @param <T> the type of the result
	 * @param name the name of the call, for the log
	 * @param call the call; it must use a new instance each time if an instance has state
	 * @return the result of the call
	 * @throws RunEndsException if the run must end before the next attempt
	 * @throws Exception the failure of the last attempt
	 */
	public <T extends @Nullable Object> T call(String name, Callable<T> call) throws Exception {
		CallAttempts made = begin(name);
		while (true) {
			try {
				return call.call();
			}
			catch (Exception ex) {
				if (!made.again(ex)) {
					throw ex;
				}
			}
		}
	}

}
