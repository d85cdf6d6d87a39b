package io.deltasync.simulation;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * What a target holds. Says so when an older version comes after a newer one.
 * Thread-safe.
 */
final class Target {

	private final TreeMap<Integer, Long> rows = new TreeMap<>();

	/** Also of those that were deleted since. */
	private final Map<Integer, Long> newest = new HashMap<>();

	private final Map<Instant, Integer> taken = new HashMap<>();

	/** The run that wrote it. */
	private final Map<Integer, Instant> writer = new HashMap<>();

	private final boolean anyOrderWithinARun;

	private final Consumer<Violation> violations;

	private int number;

	Target(boolean anyOrderWithinARun, Consumer<Violation> violations) {
		this.anyOrderWithinARun = anyOrderWithinARun;
		this.violations = violations;
	}

	/** Is another, empty one from now on. */
	synchronized void replace() {
		this.number++;
		this.rows.clear();
		this.newest.clear();
		this.writer.clear();
	}

	/** Which one it is. */
	synchronized String identity() {
		return "target " + this.number;
	}

	synchronized void delete(int key) {
		this.rows.remove(key);
	}

	synchronized void write(Instant run, int key, long version) {
		long before = this.newest.getOrDefault(key, 0L);
		if (version < before && !(this.anyOrderWithinARun && run.equals(this.writer.get(key)))) {
			this.violations.accept(new Violation("never an older version over a newer one",
					"the run of %s wrote %d=v%d over v%d".formatted(run, key, version, before)));
		}
		this.newest.put(key, version);
		this.writer.put(key, run);
		this.rows.put(key, version);
	}

	/** Counts records that a call was told were taken. */
	synchronized void count(Instant run, int records) {
		this.taken.merge(run, records, Integer::sum);
	}

	synchronized int taken(Instant run) {
		return this.taken.getOrDefault(run, 0);
	}

	synchronized @Nullable Long version(int key) {
		return this.rows.get(key);
	}

	synchronized Map<Integer, Long> rows() {
		return new TreeMap<>(this.rows);
	}

}
