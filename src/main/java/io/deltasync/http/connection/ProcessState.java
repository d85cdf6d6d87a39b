package io.deltasync.http.connection;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of connections of a process that shares nothing with others, such as a test.
 * Thread-safe.
 */
final class ProcessState implements SharedState {

	private final InstantSource clock = InstantSource.system();

	private final Map<String, Stored> tokens = new HashMap<>();

	private final Map<String, Long> next = new HashMap<>();

	@Override
	public synchronized Stored replaceTokens(String connection, Change change)
			throws HttpException, InterruptedException {
		Stored stored = change.of(this.tokens.getOrDefault(connection, new Stored(null, null)));
		this.tokens.put(connection, stored);
		return stored;
	}

	@Override
	public synchronized Slots reserve(String connection, Duration interval, int count, Duration longest) {
		Instant now = this.clock.instant();
		Slots slots = SharedState.slots(now, this.next.getOrDefault(connection, 0L), interval, count, longest);
		this.next.put(connection, slots.next());
		return slots;
	}

}
