package io.deltasync.run.retry;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.lease.LeaseLostException;
import org.jspecify.annotations.Nullable;

/**
 * Calls an adapter or a filter with a batch, and with smaller and smaller parts of it if
 * it fails, until the failing records are isolated: k of them in n cost at most 2·k·⌈log2
 * n⌉ + 1 calls. A call with a transient failure is first repeated, within the attempts
 * allowed for the batch and all its parts. This also isolates a single locked record. But
 * if a second part without a common record fails transiently, the whole system is
 * blocked, and splitting further would only wait for each record. A failed call leaves
 * the records as they were before. Confined to one thread, for one batch.
 *
 * @param <T> what the batch consists of
 */
public final class Bisection<T> {

	private final String place;

	private final CallAttempts attempts;

	private final Function<T, RecordInFlight> record;

	private final Call<T> call;

	private final BiConsumer<T, Exception> reject;

	/** The end of the first part that failed transiently. */
	private int blockedUntil = Integer.MAX_VALUE;

	/**
	 * Prepares the calls for one batch.
	 * @param place the called system, for messages to operators
	 * @param attempts how often a failed call is repeated
	 * @param record returns the record of an element
	 * @param call makes a call
	 * @param reject receives each element that fails alone, with the failure
	 */
	public Bisection(String place, CallAttempts attempts, Function<T, RecordInFlight> record, Call<T> call,
			BiConsumer<T, Exception> reject) {
		this.place = place;
		this.attempts = attempts;
		this.record = record;
		this.call = call;
		this.reject = reject;
	}

	/**
	 * Makes the calls.
	 * @param batch the batch, in the order in which its parts are called; may be empty
	 * @throws RunEndsException if the run must end before the next call
	 * @throws LeaseLostException if the run no longer holds the Link
	 * @throws Exception if the system is not available or the run cannot continue
	 */
	public void run(List<T> batch) throws Exception {
		if (!batch.isEmpty()) {
			run(batch, 0, batch.size());
		}
	}

	private void run(List<T> batch, int from, int to) throws Exception {
		Exception failure = call(batch.subList(from, to));
		if (failure == null) {
			return;
		}
		if (ConnectionFailures.isOutage(failure)) {
			throw failure;
		}
		if (TransientFailures.isTransient(failure)) {
			if (this.blockedUntil <= from) {
				throw new UnavailableException(
						"%s keeps failing, even with separate parts of a batch. Find out what blocks it, such as an open transaction that holds locks, and then restart the run"
							.formatted(this.place),
						failure);
			}
			this.blockedUntil = Math.min(this.blockedUntil, to);
		}
		if (to - from == 1) {
			this.reject.accept(batch.get(from), failure);
			return;
		}
		this.attempts.logSplit(to - from, failure);
		int middle = (from + to) >>> 1;
		run(batch, from, middle);
		run(batch, middle, to);
	}

	/** Returns the failure of the call; null if it succeeded. */
	private @Nullable Exception call(List<T> part) {
		List<Runnable> savepoints = part.stream().map((element) -> this.record.apply(element).savepoint()).toList();
		while (true) {
			// each time, because the previous calls may have lasted longer than the lease
			this.attempts.checkRunContinues();
			try {
				this.call.make(part);
				return null;
			}
			catch (AbortRunException | LeaseLostException | RunEndsException ex) {
				throw ex;
			}
			catch (Exception ex) {
				savepoints.forEach(Runnable::run);
				if (!this.attempts.again(ex)) {
					return ex;
				}
			}
		}
	}

	/**
	 * A call with a part of the batch.
	 *
	 * @param <T> what the batch consists of
	 */
	public interface Call<T> {

		void make(List<T> part) throws Exception;

	}

}
