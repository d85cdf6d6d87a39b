package io.deltasync.metrics;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A question that is asked at most once in a while, however often its answer is wanted,
 * and for whose answer nobody waits long. Thread-safe.
 *
 * @param <T> what is answered
 */
public final class CachedSupplier<T> {

	private static final Logger logger = LoggerFactory.getLogger(CachedSupplier.class);

	private final Supplier<T> question;

	private final Duration distance;

	private final Duration patience;

	private final Executor thread;

	private final LongSupplier nanoClock;

	private @Nullable CompletableFuture<T> underWay;

	private long askedAt;

	private volatile @Nullable Answer<T> last;

	/**
	 * Asks nothing yet.
	 * @param question what is asked; may throw, and may take long
	 * @param distance how long after it was asked it is asked again, at the earliest
	 * @param patience how long an answer is waited for
	 * @param thread where it is asked
	 * @param nanoClock tells nanoseconds, as {@link System#nanoTime()} does
	 */
	public CachedSupplier(Supplier<T> question, Duration distance, Duration patience, Executor thread,
			LongSupplier nanoClock) {
		this.question = question;
		this.distance = distance;
		this.patience = patience;
		this.thread = thread;
		this.nanoClock = nanoClock;
	}

	/**
	 * Tells the answer.
	 * @return the newest there is, or null when there was none yet
	 */
	@Nullable Answer<T> get() {
		await(ask());
		return this.last;
	}

	private void await(CompletableFuture<T> asked) {
		try {
			asked.get(Math.max(0, this.patience.toNanos() - age()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("There is no new answer", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Tells whether what was asked last was answered in time.
	 * @return false when it failed, or is not answered yet
	 */
	boolean isAnswered() {
		CompletableFuture<T> asked = ask();
		await(asked);
		return asked.isDone() && !asked.isCompletedExceptionally();
	}

	private synchronized CompletableFuture<T> ask() {
		CompletableFuture<T> asked = this.underWay;
		if (asked == null || (asked.isDone() && age() >= this.distance.toNanos())) {
			this.askedAt = this.nanoClock.getAsLong();
			long now = this.askedAt;
			asked = CompletableFuture.supplyAsync(() -> {
				T value = this.question.get();
				this.last = new Answer<>(value, now);
				return value;
			}, this.thread);
			this.underWay = asked;
		}
		return asked;
	}

	private synchronized long age() {
		return this.nanoClock.getAsLong() - this.askedAt;
	}

	/**
	 * An answer.
	 *
	 * @param <T> what is answered
	 * @param value what was answered
	 * @param nanos when it was asked for
	 */
	record Answer<T>(T value, long nanos) {

	}

}
