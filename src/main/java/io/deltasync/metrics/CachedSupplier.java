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
 * Caches the value of a slow supplier. Calls the supplier at most once per interval,
 * however often the value is requested, and waits for it only for a limited time.
 * Thread-safe.
 *
 * @param <T> the type of the value
 */
public final class CachedSupplier<T> {

	private static final Logger logger = LoggerFactory.getLogger(CachedSupplier.class);

	private final Supplier<T> supplier;

	private final Duration interval;

	private final Duration timeout;

	private final Executor thread;

	private final LongSupplier nanoClock;

	private @Nullable CompletableFuture<T> pending;

	private long calledAt;

	private volatile @Nullable Answer<T> last;

	/**
	 * Creates an empty cache; does not call the supplier.
	 * @param supplier the supplier; may throw, and may take long
	 * @param interval the minimum time between two calls of the supplier
	 * @param timeout the maximum time to wait for a value
	 * @param thread the executor that calls the supplier
	 * @param nanoClock a clock in nanoseconds, such as {@link System#nanoTime()}
	 */
	public CachedSupplier(Supplier<T> supplier, Duration interval, Duration timeout, Executor thread,
			LongSupplier nanoClock) {
		this.supplier = supplier;
		this.interval = interval;
		this.timeout = timeout;
		this.thread = thread;
		this.nanoClock = nanoClock;
	}

	/**
	 * Returns the newest value.
	 * @return the newest value, or null when there is none yet
	 */
	@Nullable Answer<T> get() {
		await(refresh());
		return this.last;
	}

	private void await(CompletableFuture<T> asked) {
		try {
			asked.get(Math.max(0, this.timeout.toNanos() - age()), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			logger.debug("There is no new value", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Whether the last call of the supplier succeeded in time.
	 * @return false when it failed, or has not finished yet
	 */
	boolean isAnswered() {
		CompletableFuture<T> asked = refresh();
		await(asked);
		return asked.isDone() && !asked.isCompletedExceptionally();
	}

	private synchronized CompletableFuture<T> refresh() {
		CompletableFuture<T> asked = this.pending;
		if (asked == null || (asked.isDone() && age() >= this.interval.toNanos())) {
			this.calledAt = this.nanoClock.getAsLong();
			long now = this.calledAt;
			asked = CompletableFuture.supplyAsync(() -> {
				T value = this.supplier.get();
				this.last = new Answer<>(value, now);
				return value;
			}, this.thread);
			this.pending = asked;
		}
		return asked;
	}

	private synchronized long age() {
		return this.nanoClock.getAsLong() - this.calledAt;
	}

	/**
	 * A value with its time.
	 *
	 * @param <T> the type of the value
	 * @param value the value
	 * @param nanos the time at which the supplier was called, in nanoseconds
	 */
	record Answer<T>(T value, long nanos) {

	}

}
