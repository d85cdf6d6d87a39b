package io.deltasync.run.retry;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.util.backoff.BackOffExecution;

/**
 * The attempts at one call. Confined to one thread.
 */
public final class CallAttempts {

	private static final Logger logger = LoggerFactory.getLogger(CallAttempts.class);

	private final String link;

	private final String call;

	private final int most;

	private final RetryPolicy policy;

	private final RetryPause pause;

	private final Runnable checkContinues;

	private @Nullable BackOffExecution waits;

	private int made;

	/** Created once per scope, so the log message is built only when needed. */
	CallAttempts(String link, String call, int most, RetryPolicy policy, RetryPause pause, Runnable checkContinues) {
		this.link = link;
		this.call = call;
		this.most = most;
		this.policy = policy;
		this.pause = pause;
		this.checkContinues = checkContinues;
	}

	/**
	 * Waits for the next attempt, if another one is allowed.
	 * @param failure the failure of the last attempt
	 * @return false if the failure is not transient or no attempt is left
	 * @throws RunEndsException if the run must end during the wait
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
		if (!this.pause.before(this.call, this.made + 1, Duration.ofMillis(wait))) {
			throw new RunEndsException(failure);
		}
		return true;
	}

	/**
	 * Checks that the run may make another call.
	 * @throws RunEndsException if the run must end
	 * @throws io.deltasync.lease.LeaseLostException if the run no longer holds the Link
	 */
	void checkRunContinues() {
		this.checkContinues.run();
	}

	/**
	 * Logs that a batch is split, so that operators do not mistake a run with long waits
	 * for a dead one.
	 * @param records how many records failed together
	 * @param failure the failure
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
