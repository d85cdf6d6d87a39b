package io.deltasync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.simulation.SimulatedProcess.Started;

/**
 * Records the events of a history, for the message of a failure, and counts the results
 * of starts in all histories. Thread-safe.
 */
final class Journal {

	private final VirtualClock clock;

	private final List<String> entries = new ArrayList<>();

	private final Map<String, Integer> tally = new TreeMap<>();

	Journal(VirtualClock clock) {
		this.clock = clock;
	}

	/** Another history begins. */
	synchronized void begin() {
		this.entries.clear();
	}

	synchronized void note(String what) {
		this.entries.add("%s %s".formatted(this.clock.now(), what));
	}

	synchronized void started(Started started) {
		this.tally.merge(started.tally(), 1, Integer::sum);
		note("  -> " + started);
	}

	synchronized void rival(String link, Started started) {
		this.tally.merge("rival " + started.tally(), 1, Integer::sum);
		note("  a rival of %s: %s".formatted(link, started.what()));
	}

	synchronized Map<String, Integer> tally() {
		return new TreeMap<>(this.tally);
	}

	@Override
	public synchronized String toString() {
		return String.join(System.lineSeparator(), this.entries);
	}

}
