package io.deltasync.run.retry;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

import io.deltasync.link.RetrySettings;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryPolicy;

/**
 * Calls to a Link's adapters that are made again where the failure may pass: bounded, and
 * with waits that grow, with some jitter so that lanes that failed together do not come
 * back together (DESIGN 2.4.2). The waits are the run's own, and end with it, which is
 * why Spring's RetryTemplate, that sleeps, is not used for them. Thread-safe.
 */
public final class Retries {

	private final String link;

	private final int attempts;

	private final RetryPolicy policy;

	private final Predicate<Duration> pause;

	private final Runnable checkContinues;

	/**
	 * Makes retries.
	 * @param link the Link's name, for the log
	 * @param settings how often and after which waits
	 * @param pause waits; answers false when the run must end before
	 * @param checkContinues throws when the run must end or has lost its Link
	 */
	public Retries(String link, RetrySettings settings, Predicate<Duration> pause, Runnable checkContinues) {
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
	 * Begins the attempts of one call.
	 * @param call what is called, for the log
	 * @return its attempts
	 */
	public CallAttempts begin(String call) {
		return new CallAttempts(this.link, call, this.attempts, this.policy, this.pause, this.checkContinues);
	}

	/**
	 * Calls, and calls again.
	 * @param <T> what the call returns
	 * @param name what is called, for the log
	 * @param call the call; each time with a fresh instance, where one keeps anything
	 * @return what it returns
	 * @throws RunEndsException when the run must end before the next attempt
	 * @throws Exception what the last attempt threw
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
