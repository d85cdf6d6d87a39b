package io.deltasync.lease;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The calls that the threads of a run are about to repeat. Thread-safe.
 */
final class RetryWaits {

	private final Set<Wait> waits = ConcurrentHashMap.newKeySet();

	boolean during(String call, int attempt, Duration time, BooleanSupplier pause) {
		Wait wait = new Wait(call, attempt, System.nanoTime() + time.toNanos());
		this.waits.add(wait);
		try {
			return pause.getAsBoolean();
		}
		finally {
			this.waits.remove(wait);
		}
	}

	/** Returns the call that has failed most often. */
	@Nullable Retry most(Instant now) {
		return this.waits.stream()
			.max(Comparator.comparingInt(Wait::attempt))
			.map((wait) -> new Retry(wait.call, wait.attempt,
					now.plusNanos(Math.max(0, wait.untilNanos - System.nanoTime()))))
			.orElse(null);
	}

	private record Wait(String call, int attempt, long untilNanos) {

	}

}
