package io.deltasync.simulation;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

import io.deltasync.reject.Reject;
import io.deltasync.testing.JobTables;
import org.jspecify.annotations.Nullable;

/**
 * One history: what happens at the sources of one or two Links, the runs over them, and
 * what becomes of those. All is drawn from a seed.
 */
final class History {

	private static final int MOST_STEPS = 12;

	/** Most of what writers do to the source of an API before the first step. */
	private static final int MOST_BEFORE = 40;

	/** By this, histories that are known to find planted bugs are among the others. */
	private static final long OTHERS = 93L << 32;

	private final SplittableRandom random;

	private final List<LinkKind> kinds;

	/**
	 * What half of the histories draw their deaths between delivery and storing from, and
	 * what the database refuses; null in the others.
	 */
	private final @Nullable SplittableRandom harm;

	private final World world;

	private final List<SimulatedProcess> processes;

	private final Checker checker;

	private final Starts starts;

	private final Journal journal;

	/**
	 * Makes one.
	 * @param seed what it is drawn from
	 * @param world what the processes share
	 * @param processes the processes that run Links
	 */
	History(long seed, World world, List<SimulatedProcess> processes) {
		this.random = new SplittableRandom(seed);
		this.kinds = LinkKind.of(seed);
		SplittableRandom more = new SplittableRandom(seed + OTHERS);
		this.harm = more.nextBoolean() ? more : null;
		this.journal = world.journal();
		this.world = world;
		this.processes = processes;
		this.checker = new Checker(processes.get(0), world.clock());
		this.starts = new Starts(this.random, this.harm, world, processes, this.checker);
	}

	/**
	 * Lives it.
	 * @throws Violation when a check does not hold
	 */
	void live() {
		begin();
		int steps = this.random.nextInt(3, MOST_STEPS);
		for (int i = 0; i < steps; i++) {
			step();
		}
		end();
	}

	private void begin() {
		this.world.begin(Map.of());
		JobTables.empty(this.processes.get(0).jdbc());
		this.world.clock().reset();
		Map<LinkKind, Scene> scenes = new EnumMap<>(LinkKind.class);
		int links = (this.random.nextInt(4) == 0) ? 2 : 1;
		while (scenes.size() < links) {
			LinkKind kind = this.kinds.get(this.random.nextInt(this.kinds.size()));
			scenes.computeIfAbsent(kind,
					(one) -> new Scene(one, new Source(one, this.world.clock(), skew(one), this.random), this.random));
		}
		this.world.begin(scenes);
		for (Scene scene : scenes.values()) {
			this.journal.note("Link " + scene.source() + (scene.hasApi() ? ", " + scene.api() : ""));
			if (scene.hasApi()) {
				// enough for several pages
				for (int i = this.random.nextInt(MOST_BEFORE); i > 0; i--) {
					this.journal.note("  writers before: " + scene.source().act(this.random));
				}
				advance(Duration.ofMinutes(3));
			}
		}
	}

	/** Up to five minutes; in the zone with nights of its own, half a year more. */
	private Duration skew(LinkKind kind) {
		Duration skew = Duration.ofNanos(this.random.nextLong(-300_000_000_000L, 300_000_000_000L));
		if (kind != LinkKind.BERLIN) {
			return skew;
		}
		java.time.Instant night = java.time.Instant
			.parse(this.random.nextBoolean() ? "2026-03-29T01:00:00Z" : "2026-10-25T01:00:00Z");
		return Duration.between(this.world.clock().now(), night.minus(Duration.ofMinutes(this.random.nextInt(40))))
			.plus(skew);
	}

	private void step() {
		Scene scene = anyScene();
		write(scene);
		advance((this.checker.isHeldByDead(scene) && this.random.nextInt(3) > 0) ? SimulatedProcess.LEASE : time());
		if (this.random.nextBoolean()) {
			write(scene);
			advance(Duration.ofMillis(this.random.nextLong(1, 3000)));
		}
		if (this.random.nextInt(4) == 0) {
			acknowledge(scene);
		}
		if (scene.kind() == LinkKind.MOVED && this.random.nextInt(5) == 0) {
			this.journal.note("  the target is replaced by an empty one");
			scene.target().replace();
		}
		scene.weather().change(this.random);
		int drawn = this.random.nextInt(20);
		if (this.harm != null && drawn > 15 && this.checker.hasDied(scene)) {
			this.starts.replay(scene);
			return;
		}
		switch (drawn) {
			case 0, 1 -> this.starts.run(scene, Starts.mode("FULL", "force"));
			case 2, 3, 4, 5 -> this.starts.restart(scene, 0);
			case 6 -> this.starts.restart(scene, this.random.nextInt(1, 4));
			case 7, 8, 9 -> this.starts.replay(scene);
			case 10 -> race(scene);
			case 11 -> this.starts.run(scene, Starts.mode("DELTA", "testing"));
			default -> this.starts.run(scene, Starts.mode("DELTA"));
		}
	}

	private void write(Scene scene) {
		for (int i = this.random.nextInt(5); i > 0; i--) {
			this.journal.note("  writers: " + scene.source().act(this.random));
		}
	}

	private Scene anyScene() {
		List<Scene> scenes = List.copyOf(this.world.scenes().values());
		return scenes.get(this.random.nextInt(scenes.size()));
	}

	private Duration time() {
		return switch (this.random.nextInt(8)) {
			case 0 -> Duration.ofNanos(this.random.nextLong(1000, 1_000_000));
			case 1, 2 -> Duration.ofSeconds(this.random.nextLong(1, 61));
			case 3 -> Duration.ofMinutes(1);
			case 4 -> Duration.ofSeconds(this.random.nextLong(60, 3600));
			case 5 -> SimulatedProcess.LEASE;
			default -> Duration.ofMillis(this.random.nextLong(1, 2000));
		};
	}

	/** A run takes time, and is not planned at the time that the last one ended. */
	private void advance(Duration time) {
		String happened = this.world.advance(time, this.random);
		this.journal.note("  %s later:%s".formatted(time, happened));
	}

	private void race(Scene scene) {
		this.starts.race(scene);
		// the second of them may be stamped a moment ahead of the clock
		advance(Duration.ofMillis(1));
	}

	private void acknowledge(Scene scene) {
		List<Reject> rejects = this.processes.get(0).rejects().waiting(scene.kind().link(), 100);
		if (!rejects.isEmpty()) {
			Reject reject = rejects.get(this.random.nextInt(rejects.size()));
			this.journal.note("  somebody acknowledges the reject of " + reject.key());
			this.processes.get(0).rejects().acknowledge(reject.id(), this.processes.get(0).databaseTime());
		}
	}

	/** Repairs all faults; the last run is successful, and both sides are equal. */
	private void end() {
		this.journal.note("the end: nothing fails any more");
		for (Scene scene : this.world.scenes().values()) {
			scene.weather().clear();
			this.journal.note("  writers: " + scene.source().endAll());
		}
		advance(SimulatedProcess.LEASE);
		for (Scene scene : this.world.scenes().values()) {
			this.starts.succeed(scene, (scene.kind() == LinkKind.MOVED) ? "FULL" : "DELTA");
		}
		advance(Duration.ofHours(25));
		for (Scene scene : this.world.scenes().values()) {
			// what was set aside is tried again by now
			this.starts.succeed(scene, scene.kind().deletes() ? "FULL" : "DELTA");
			this.checker.end(scene);
		}
	}

}
