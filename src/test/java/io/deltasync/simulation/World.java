package io.deltasync.simulation;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import io.deltasync.http.source.page.RunKeys;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a history share: the clock, and the Links' sources and targets.
 */
final class World {

	private final VirtualClock clock = new VirtualClock();

	private final Journal journal = new Journal(this.clock);

	private volatile Map<LinkKind, Scene> scenes = Map.of();

	private final Map<String, Life> lives = new ConcurrentHashMap<>();

	/**
	 * The keys of pages. Both processes have the same, because a process compares only
	 * the keys that it has read.
	 */
	private final RunKeys runKeys = new RunKeys();

	/** Lets another process start a run of a Link. */
	private volatile BiConsumer<Scene, Life> rival = (scene, life) -> {
	};

	private volatile BiConsumer<Scene, Life> stop = (scene, life) -> {
	};

	/** Lets another process run a Link meanwhile. */
	private volatile BiConsumer<Scene, Life> sleep = (scene, life) -> {
	};

	VirtualClock clock() {
		return this.clock;
	}

	Journal journal() {
		return this.journal;
	}

	RunKeys runKeys() {
		return this.runKeys;
	}

	void join(String process, Life life) {
		this.lives.put(process, life);
	}

	Life life(String process) {
		return Objects.requireNonNull(this.lives.get(process), process);
	}

	void begin(Map<LinkKind, Scene> newScenes) {
		this.scenes.values().forEach((scene) -> scene.source().close());
		this.scenes = Collections.unmodifiableMap(newScenes);
	}

	Map<LinkKind, Scene> scenes() {
		return this.scenes;
	}

	Scene scene(String link) {
		return this.scenes.values()
			.stream()
			.filter((scene) -> scene.kind().link().equals(link))
			.findFirst()
			.orElseThrow();
	}

	void onRival(BiConsumer<Scene, Life> starter) {
		this.rival = starter;
	}

	void onStop(BiConsumer<Scene, Life> stopper) {
		this.stop = stopper;
	}

	void onSleep(BiConsumer<Scene, Life> other) {
		this.sleep = other;
	}

	/**
	 * A process sleeps until its lease has ended, writers continue, and another runs the
	 * Link.
	 */
	void sleep(Scene scene, Life life) {
		SplittableRandom random = new SplittableRandom(scene.planSeed());
		this.journal.note("  falls asleep before it writes");
		for (int i = random.nextInt(1, 6); i > 0; i--) {
			this.journal.note("  meanwhile " + scene.source().act(random));
		}
		advance(SimulatedProcess.LEASE.plusMillis(1), random);
		this.sleep.accept(scene, life);
		this.journal.note("  wakes up");
	}

	/** A point of the fetching of a run in a process. */
	void pass(Scene scene, Life life) {
		life.check();
		for (Interruption one : scene.pass()) {
			SplittableRandom random = new SplittableRandom(one.seed());
			switch (one.what()) {
				case WRITERS -> {
					for (int i = random.nextInt(1, 4); i > 0; i--) {
						this.journal.note("  meanwhile " + scene.source().act(random));
					}
				}
				case TIME -> this.journal.note(
						"  meanwhile time advances:" + advance(Duration.ofMillis(random.nextLong(1, 90_000)), random));
				case STOP -> this.stop.accept(scene, life);
				case RIVAL -> this.rival.accept(scene, life);
				case DEATH -> life.die();
			}
		}
	}

	/**
	 * Lets time advance. Transactions that may not last as long end in time, most of them
	 * at the last moment.
	 */
	synchronized String advance(Duration time, SplittableRandom random) {
		StringBuilder happened = new StringBuilder();
		Duration left = time;
		while (!left.isZero()) {
			Duration step = left;
			for (Scene scene : this.scenes.values()) {
				@Nullable Duration deadline = scene.source().untilDeadline();
				step = (deadline != null && deadline.compareTo(step) < 0) ? deadline : step;
			}
			this.clock.advance(step);
			left = left.minus(step);
			if (!left.isZero() || random.nextBoolean()) {
				this.scenes.values().forEach((scene) -> happened.append(scene.source().endLate(random)));
			}
		}
		return happened.toString();
	}

}
