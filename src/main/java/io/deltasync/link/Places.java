package io.deltasync.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import io.deltasync.config.Section;
import io.deltasync.connection.ConnectionSettings;
import org.jspecify.annotations.Nullable;

/**
 * The connections that each lane of a Link needs from pools at the same time: one for its
 * source and one for its target. A lane reserves all of them before it starts. Otherwise
 * lanes that hold a connection to read could wait forever for each other's connection to
 * write. Thread-safe.
 */
public final class Places {

	private static final Duration SLICE = Duration.ofMillis(200);

	/**
	 * Sorted by the names of the connections, which prevents deadlocks between lanes.
	 */
	private final List<Need> needs;

	private final Duration connectionTimeout;

	private Places(List<Need> needs, Duration connectionTimeout) {
		this.needs = needs;
		this.connectionTimeout = connectionTimeout;
	}

	/**
	 * Returns the maximum wait for a connection of this Link.
	 * @return the longest {@code connection-timeout} of the Link's connections; zero if
	 * it has none
	 */
	public Duration connectionTimeout() {
		return this.connectionTimeout;
	}

	/**
	 * Reserves the connections, waiting until they are free.
	 * @param givesUp whether to stop waiting
	 * @return false if the caller stopped waiting and nothing is reserved
	 * @throws InterruptedException if the thread is interrupted
	 */
	public boolean take(BooleanSupplier givesUp) throws InterruptedException {
		List<Need> taken = new ArrayList<>();
		try {
			for (Need need : this.needs) {
				while (!need.pool.tryAcquire(need.places, SLICE.toMillis(), TimeUnit.MILLISECONDS)) {
					if (givesUp.getAsBoolean()) {
						return false;
					}
				}
				taken.add(need);
			}
			taken.clear();
			return true;
		}
		finally {
			taken.forEach(Need::giveBack);
		}
	}

	/** Releases the reserved connections. */
	public void giveBack() {
		this.needs.forEach(Need::giveBack);
	}

	/**
	 * Describes the limit on lanes that work at a time, if it is below their number.
	 * @param lanes the number of lanes
	 * @return one sentence, or null if all lanes can work at a time
	 */
	public @Nullable String limit(int lanes) {
		return this.needs.stream()
			.filter((need) -> lanes * need.places > need.size)
			.map((need) -> "%d of %d lanes work at a time: each needs %d of the %d connections that pool-size allows to connection '%s'"
				.formatted(need.size / need.places, lanes, need.places, need.size, need.connection))
			.findFirst()
			.orElse(null);
	}

	/**
	 * The pools with a configured size. Other pools have room for all lanes.
	 */
	static final class Pools {

		private final Map<String, ConnectionSettings> connections;

		private final Map<String, Semaphore> pools = new HashMap<>();

		Pools(Map<String, ConnectionSettings> connections) {
			this.connections = connections;
		}

		/**
		 * Returns the connections that a Link needs.
		 * @param values the Link's settings, by their uniform names
		 * @param section reports a pool that is too small for one lane
		 */
		Places of(Map<String, String> values, Section section) {
			Map<String, Integer> places = new TreeMap<>();
			Stream.of("source.connection", "target.connection", "localconnection")
				.map(values::get)
				.filter(Objects::nonNull)
				.forEach((connection) -> places.merge(connection, 1, Integer::sum));
			List<Need> needs = new ArrayList<>();
			places.forEach((connection, needed) -> {
				ConnectionSettings settings = this.connections.get(connection);
				Integer size = (settings != null) ? settings.poolSize() : null;
				if (size != null && size < needed) {
					section.problem(
							"needs %d connections of '%s' at the same time, but its pool-size is %d; give %1$d or more"
								.formatted(needed, connection, size));
				}
				else if (size != null) {
					needs.add(new Need(connection, needed, size,
							this.pools.computeIfAbsent(connection, (name) -> new Semaphore(size, true))));
				}
			});
			Duration connectionTimeout = places.keySet()
				.stream()
				.map(this.connections::get)
				.filter(Objects::nonNull)
				.map(ConnectionSettings::connectionTimeout)
				.max(Comparator.naturalOrder())
				.orElse(Duration.ZERO);
			return new Places(List.copyOf(needs), connectionTimeout);
		}

	}

	private record Need(String connection, int places, int size, Semaphore pool) {

		void giveBack() {
			this.pool.release(this.places);
		}

	}

}
