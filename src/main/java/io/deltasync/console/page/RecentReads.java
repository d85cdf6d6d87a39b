package io.deltasync.console.page;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * What was read a moment ago, so that many open pages about one thing read it no more
 * often than one page does. Thread-safe.
 *
 * @param <K> what identifies a thing
 * @param <V> what is read
 */
final class RecentReads<K, V> {

	private static final Duration FRESH = Duration.ofMillis(400);

	private final InstantSource clock;

	private final Map<K, Read<V>> reads = new ConcurrentHashMap<>();

	RecentReads(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Returns what was read last, or reads it again if that was too long ago. Who asks
	 * while it is read waits for the answer instead of reading it, too.
	 */
	V get(K key, Function<K, V> read) {
		this.reads.values().removeIf((last) -> !last.isFresh(this.clock.instant()));
		return this.reads.compute(key, (wanted, last) -> {
			Instant now = this.clock.instant();
			return (last != null && last.isFresh(now)) ? last : new Read<>(read.apply(wanted), now);
		}).value;
	}

	private record Read<V>(V value, Instant at) {

		boolean isFresh(Instant now) {
			return !now.isBefore(this.at) && now.isBefore(this.at.plus(FRESH));
		}

	}

}
