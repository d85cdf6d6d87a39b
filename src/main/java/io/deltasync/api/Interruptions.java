package io.deltasync.api;

import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The waits of a task that another thread can end. A source that waits for another system
 * says how its wait is ended, so that a run that is stopped does not have to wait for a
 * time-out:
 *
 * <pre>{@code
 * try (Interruptions.Wait wait = Interruptions.begin(socket::close)) {
 *     answer = socket.getInputStream().readAllBytes();
 * }
 * }</pre>
 *
 * What waits for a connection that DeltaSync provides, of JDBC or of the types
 * {@code http}, {@code sftp} and {@code s3}, is ended without this. Thread-safe.
 */
public final class Interruptions {

	private static final ThreadLocal<@Nullable Interruptions> CURRENT = new ThreadLocal<>();

	private final Set<Wait> open = ConcurrentHashMap.newKeySet();

	private volatile boolean interrupted;

	/**
	 * Creates an object without waits. Used by DeltaSync and by tests of adapters.
	 */
	public Interruptions() {
	}

	/**
	 * Begins a wait of this thread. Nothing ends it outside of a run.
	 * @param end ends the wait from another thread, which makes it fail; called once or
	 * more, and must not wait itself
	 * @return the wait, which must be closed when it is over
	 */
	public static Wait begin(Runnable end) {
		Interruptions current = CURRENT.get();
		Wait wait = new Wait(end, current);
		if (current != null) {
			current.open.add(wait);
		}
		return wait;
	}

	/**
	 * Runs a task, and keeps the waits that this thread begins meanwhile.
	 * @param <T> the result's type
	 * @param work the task
	 * @return the task's result
	 * @throws Exception any exception of the task
	 */
	public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
		Interruptions before = CURRENT.get();
		CURRENT.set(this);
		try {
			return work.call();
		}
		finally {
			CURRENT.set(before);
		}
	}

	/**
	 * Ends all waits that have begun. Those that begin later are not ended.
	 */
	public void endAll() {
		this.open.forEach((wait) -> {
			this.interrupted = true;
			wait.end();
		});
	}

	/**
	 * Whether the task was interrupted.
	 * @return true once a wait was ended
	 */
	public boolean wereInterrupted() {
		return this.interrupted;
	}

	/**
	 * A wait.
	 */
	public static final class Wait implements AutoCloseable {

		private final Runnable end;

		private final @Nullable Interruptions owner;

		private volatile boolean ended;

		private Wait(Runnable end, @Nullable Interruptions owner) {
			this.end = end;
			this.owner = owner;
		}

		private void end() {
			this.ended = true;
			this.end.run();
		}

		/**
		 * Whether the wait was ended because the run must end.
		 * @return true if a failure is the result of that
		 */
		public boolean isEnded() {
			return this.ended;
		}

		/**
		 * Marks the wait as over. May be called repeatedly.
		 */
		@Override
		public void close() {
			if (this.owner != null) {
				this.owner.open.remove(this);
			}
		}

	}

}
