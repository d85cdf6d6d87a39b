package io.deltasync.run.retry;

import java.time.Duration;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/**
 * The attempts at one call. One thread's.
 */
public final class CallAttempts {

	private static final Logger logger = LoggerFactory.getLogger(CallAttempts.class);

	private final String link;

	private final String call;

	private final int most;

	private final RetryPolicy policy;

	private final Predicate<Duration> pause;

	private final Runnable checkContinues;

	private @Nullable BackOffExecution waits;

	private int made;

	/** Begun for each scope: what it says is put together when it has to be said. */
	CallAttempts(String link, String call, int most, RetryPolicy policy, Predicate<Duration> pause,
			Runnable checkContinues) {
		this.link = link;
		this.call = call;
		this.most = most;
		this.policy = policy;
		this.pause = pause;
		this.checkContinues = checkContinues;
	}

	/**
	 * Waits for the next attempt, if there is to be one.
	 * @param failure why the last one failed
	 * @return false when the failure will not pass, or there were enough attempts
	 * @throws RunEndsException when the run must end meanwhile
	 */
	public boolean again(Exception failure) {
		if (!this.policy.shouldRetry(failure)) {
			return false;
		}
		if (this.waits == null) {
			this.waits = this.policy.getBackOff().start();
		}
		long wait = this.waits.nextBackOff();
		if (wait == BackOffExecution.STOP) {
			return false;
		}
		this.made++;
		logger.warn("Link '{}': {} failed, attempt {} of {}; the next one in {} ms: {}", this.link, this.call,
				this.made, this.most, wait, Messages.of(failure));
		if (!this.pause.test(Duration.ofMillis(wait))) {
			throw new RunEndsException(failure);
		}
		return true;
	}

	/**
	 * Makes sure that the run may make another call.
	 * @throws RunEndsException when it must end
	 * @throws io.deltasync.lease.LeaseLostException when the Link is no longer the run's
	 */
	void checkRunContinues() {
		this.checkContinues.run();
	}

	/**
	 * Logs that a batch is split, so that nobody takes a run for dead whose calls wait.
	 * @param records how many records failed together
	 * @param failure why
	 */
	void logSplit(int records, Exception failure) {
		if (this.policy.shouldRetry(failure)) {
			logger.warn("Link '{}': {} failed with {} records after {} attempts; trying parts of them: {}", this.link,
					this.call, records, this.most, Messages.of(failure));
		}
		else {
			logger.debug("Link '{}': {} failed with {} records; trying parts of them", this.link, this.call, records,
					failure);
		}
	}

}
