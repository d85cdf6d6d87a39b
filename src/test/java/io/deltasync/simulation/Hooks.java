package io.deltasync.simulation;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

import io.deltasync.api.FetchStrategy;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RunContext;

/**
 * Stands around the adapters of a process: what fails, what happens meanwhile, what is
 * seen. Thread-safe.
 */
final class Hooks {

	private final World world;

	private final Life life;

	Hooks(World world, Life life) {
		this.world = world;
		this.life = life;
	}

	Life life() {
		return this.life;
	}

	Scene scene(LinkContext context) {
		return this.world.scene(context.linkName());
	}

	/** Before something is written. */
	void write(Scene scene) {
		if (scene.fallsAsleep()) {
			this.world.sleep(scene, this.life);
		}
		RunContext.checkBeforeCommit();
	}

	/** Around the first planning call of a run. */
	FetchStrategy plan(LinkContext context, Callable<FetchStrategy> planning) throws Exception {
		Scene scene = enter(context);
		this.world.pass(scene, this.life);
		scene.weather().plan();
		scene.plan(context.runTimestamp());
		FetchStrategy answer = planning.call();
		this.world.pass(scene, this.life);
		return answer;
	}

	/** Around a later one. */
	FetchStrategy planAgain(LinkContext context, Callable<FetchStrategy> planning) throws Exception {
		Scene scene = enter(context);
		this.life.check();
		scene.weather().plan();
		return planning.call();
	}

	/** Lets the time pass for which a source has asked. */
	FetchStrategy await(LinkContext context, FetchStrategy answer) {
		if (!(answer instanceof FetchStrategy.Delay delay)) {
			return answer;
		}
		Scene scene = scene(context);
		Duration wait = (delay.minutes() != null) ? Duration.ofMinutes(delay.minutes()) : Duration.ofSeconds(15);
		this.world.journal()
			.note("  %s passes before planning continues:%s".formatted(wait,
					this.world.advance(wait, new SplittableRandom(scene.planSeed()))));
		return FetchStrategy.delay(0, delay.scope());
	}

	/** Around the fetching of a scope. */
	Iterable<RecordInFlight> fetch(LinkContext context, String scope, Callable<Iterable<RecordInFlight>> fetching)
			throws Exception {
		Scene scene = enter(context);
		this.world.pass(scene, this.life);
		int breaksAfter = scene.weather().breaksAfter(scope);
		if (breaksAfter == 0) {
			throw scene.weather().breakage();
		}
		return new Observed(scene, fetching.call(), breaksAfter);
	}

	/** An adapter is called: its process lives, and it is the only one. */
	Scene enter(LinkContext context) {
		this.life.check();
		Scene scene = scene(context);
		scene.enter(context.runTimestamp());
		return scene;
	}

	/** Records on their way out of the source. */
	@SuppressWarnings("try")
	private final class Observed implements Iterable<RecordInFlight>, AutoCloseable {

		private final Scene scene;

		private final Iterable<RecordInFlight> records;

		private final int breaksAfter;

		Observed(Scene scene, Iterable<RecordInFlight> records, int breaksAfter) {
			this.scene = scene;
			this.records = records;
			this.breaksAfter = breaksAfter;
		}

		@Override
		public Iterator<RecordInFlight> iterator() {
			Iterator<RecordInFlight> iterator = this.records.iterator();
			return new Iterator<>() {

				private int given;

				@Override
				public boolean hasNext() {
					Hooks.this.life.check();
					if (this.given == Observed.this.breaksAfter) {
						throw new IllegalStateException(Observed.this.scene.weather().breakage());
					}
					return iterator.hasNext();
				}

				@Override
				public RecordInFlight next() {
					if (!hasNext()) {
						throw new NoSuchElementException();
					}
					Hooks.this.world.pass(Observed.this.scene, Hooks.this.life);
					this.given++;
					return iterator.next();
				}

			};
		}

		@Override
		public void close() throws Exception {
			if (this.records instanceof AutoCloseable closeable) {
				closeable.close();
			}
		}

	}

	static List<String> key() {
		return List.of("ID");
	}

}
