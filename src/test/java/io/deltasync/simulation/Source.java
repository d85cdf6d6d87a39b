package io.deltasync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

import io.deltasync.simulation.LinkKind.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What a source holds, who is writing to it, and its whole past: the truth that targets
 * are compared with. Keeps to what is documented: no transaction commits later than the
 * overlap after it stamped a row. Thread-safe.
 */
final class Source {

	private static final int FEW_KEYS = 4;

	private static final int SEVERAL_PAGES = 8;

	private static final int MANY_KEYS = 16;

	private static final int MOST_WRITERS = 3;

	private final LinkKind kind;

	private final VirtualClock clock;

	/** How far its own clock is from the JobRepository's. */
	private final Duration skew;

	private final @Nullable SourceTable table;

	private final int keys;

	private final TreeMap<Integer, Long> rows = new TreeMap<>();

	/** When rows were written last, by its own clock. */
	private final Map<Integer, Instant> written = new HashMap<>();

	private final List<Change> log = new ArrayList<>();

	private final List<Writer> writers = new ArrayList<>();

	private long lastVersion;

	private long lastNumber;

	Source(LinkKind kind, VirtualClock clock, Duration skew, SplittableRandom random) {
		this.kind = kind;
		this.clock = clock;
		this.skew = skew;
		this.table = kind.hasTable() ? new SourceTable(kind, random) : null;
		// of few, the same one is sooner written again and meets one failure after the
		// other
		int few = (kind.reading() == Reading.API) ? SEVERAL_PAGES : FEW_KEYS;
		this.keys = random.nextBoolean() ? few : MANY_KEYS;
	}

	/** Its rows have keys from 0 up to this, exclusive. */
	int keys() {
		return this.keys;
	}

	/**
	 * A row that is committed.
	 *
	 * @param key its key
	 * @param version its version
	 * @param at when it was written, by the source's own clock
	 */
	record Row(int key, long version, Instant at) {

	}

	synchronized List<Row> stamped() {
		return this.rows.entrySet()
			.stream()
			.map((row) -> new Row(row.getKey(), row.getValue(), this.written.get(row.getKey())))
			.toList();
	}

	/** A change that was committed; a version of null: the row was deleted. */
	record Change(int key, @Nullable Long version, Instant committed) {

	}

	synchronized Map<Integer, Long> rows() {
		return new TreeMap<>(this.rows);
	}

	/**
	 * What a run that is planned now must find. What bears the time of the moment, or the
	 * day, that is not over is for the next one.
	 */
	synchronized Map<Integer, Long> findable() {
		Map<Integer, Long> findable = rows();
		if (this.kind.reading() == Reading.TIME && this.table != null) {
			Instant before = now().minus(this.table.unit().multipliedBy(2));
			findable.keySet().removeIf((key) -> this.written.get(key).isAfter(before));
		}
		else if (this.kind.reading() == Reading.API) {
			Instant end = now().truncatedTo(ChronoUnit.SECONDS).minus(this.kind.settle());
			findable.keySet().removeIf((key) -> this.written.get(key).isAfter(end));
		}
		return findable;
	}

	synchronized @Nullable Long version(int key) {
		return this.rows.get(key);
	}

	/** How many changes were committed. */
	synchronized int position() {
		return this.log.size();
	}

	/** The keys that changed since a place in the log, and are still there. */
	synchronized List<Integer> changedSince(int position) {
		Set<Integer> changed = new HashSet<>();
		this.log.subList(Math.min(position, this.log.size()), this.log.size())
			.forEach((change) -> changed.add(change.key));
		return this.rows.keySet().stream().filter(changed::contains).toList();
	}

	/** The place in the log from which on changes were committed at a time or later. */
	synchronized int positionOf(Instant time) {
		int position = this.log.size();
		while (position > 0 && !this.log.get(position - 1).committed.isBefore(time)) {
			position--;
		}
		return position;
	}

	synchronized boolean isChangedSince(int key, int position) {
		return this.log.subList(position, this.log.size()).stream().anyMatch((change) -> change.key == key);
	}

	/** Its own clock. */
	Instant now() {
		return this.clock.now().plus(this.skew);
	}

	/** Lets one random thing happen, and tells what. */
	synchronized String act(SplittableRandom random) {
		int drawn = random.nextInt(10);
		if (drawn < 4 || this.writers.isEmpty()) {
			Writer writer = begin();
			String wrote = write(writer, random);
			return (this.writers.size() <= MOST_WRITERS && random.nextInt(3) == 0) ? wrote + ", left open"
					: wrote + ", " + commit(writer);
		}
		Writer writer = this.writers.get(random.nextInt(this.writers.size()));
		if (drawn < 6) {
			return write(writer, random);
		}
		return (drawn < 9) ? commit(writer) : rollBack(writer);
	}

	private Writer begin() {
		Writer writer = new Writer(this.table, now(), this.lastNumber + 1);
		this.writers.add(writer);
		return writer;
	}

	private String write(Writer writer, SplittableRandom random) {
		int key = random.nextInt(this.keys);
		if (this.writers.stream().anyMatch((other) -> other != writer && other.locks(key))) {
			return "key %d is locked".formatted(key);
		}
		boolean there = writer.holds(key, this.rows.containsKey(key));
		if (there && random.nextInt(6) == 0) {
			writer.delete(key);
			return "deletes %d".formatted(key);
		}
		StringBuilder before = new StringBuilder();
		long number = this.lastNumber + 1;
		if (this.kind.reading() == Reading.NUMBER && number - writer.firstNumber() > LinkKind.OVERLAP_NUMBERS) {
			return commit(writer);
		}
		for (Writer late : List.copyOf(this.writers)) {
			if (this.kind.reading() == Reading.NUMBER && number - late.firstNumber() > LinkKind.OVERLAP_NUMBERS) {
				before.append(commit(late)).append(", ");
			}
		}
		this.lastNumber = number;
		long version = ++this.lastVersion;
		writer.write(key, version, now(), number);
		return before + "writes %d=v%d".formatted(key, version);
	}

	private String commit(Writer writer) {
		this.writers.remove(writer);
		writer.end(true);
		writer.changes().forEach((key, version) -> {
			if (version != null) {
				this.rows.put(key, version);
				this.written.put(key, writer.written(key));
			}
			else {
				this.rows.remove(key);
			}
			this.log.add(new Change(key, version, this.clock.now()));
		});
		return "commits " + writer;
	}

	private String rollBack(Writer writer) {
		this.writers.remove(writer);
		writer.end(false);
		return "rolls back " + writer;
	}

	/**
	 * The time within which a transaction must end; null for no limit.
	 */
	synchronized @Nullable Duration untilDeadline() {
		return this.writers.stream()
			.map((writer) -> Duration.between(now(), writer.begun().plus(this.kind.overlap())))
			.min(Duration::compareTo)
			.orElse(null);
	}

	/**
	 * Ends the transactions that must not last any longer, at the edge of the overlap.
	 */
	synchronized String endLate(SplittableRandom random) {
		StringBuilder ended = new StringBuilder();
		for (Writer writer : List.copyOf(this.writers)) {
			if (!writer.begun().plus(this.kind.overlap()).isAfter(now())) {
				ended.append(" ").append((random.nextInt(5) > 0) ? commit(writer) : rollBack(writer));
			}
		}
		return ended.toString();
	}

	/** Ends all transactions. */
	synchronized String endAll() {
		StringBuilder ended = new StringBuilder();
		List.copyOf(this.writers).forEach((writer) -> ended.append(commit(writer)).append(" "));
		return ended.toString();
	}

	/** Gives up what is open, when nobody wants it any more. */
	synchronized void close() {
		List.copyOf(this.writers).forEach(this::rollBack);
	}

	@Override
	public String toString() {
		return "%s, %d keys, clock %s off%s".formatted(this.kind.link(), this.keys, this.skew,
				(this.table != null) ? ", table " + this.table : "");
	}

}
