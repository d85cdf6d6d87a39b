package io.deltasync.console;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Does work in a thread of its own and waits only until what it starts is stored, so that
 * a refusal is reported to the person.
 */
final class BackgroundStart {

	private BackgroundStart() {
	}

	/**
	 * Starts work.
	 * @param threads executes it
	 * @param stored is completed early by the work with the number of what it has stored
	 * @param work the work, which returns the same number at its end
	 * @param patience how long it is waited for
	 * @return the number; null if nothing is stored yet after that time, because a system
	 * does not answer
	 * @throws Exception an exception of the work before anything was stored
	 */
	static @Nullable Long await(Executor threads, CompletableFuture<Long> stored, Callable<Long> work,
			Duration patience) throws Exception {
		threads.execute(() -> {
			try {
				stored.complete(work.call());
			}
			catch (Exception ex) {
				stored.completeExceptionally(ex);
			}
		});
		try {
			return stored.get(patience.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			return null;
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

}
