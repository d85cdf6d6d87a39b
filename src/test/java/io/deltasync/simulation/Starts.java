package io.deltasync.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.simulation.SimulatedProcess.Started;
import io.deltasync.simulation.SimulatedProcess.Started.What;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;

/**
 * What is started in a history, in which process, and what comes in its way.
 */
final class Starts {

	private final SplittableRandom random;

	private final @Nullable SplittableRandom harm;

	private final Journal journal;

	private final List<SimulatedProcess> processes;

	private final Checker checker;

	/**
	 * Makes it.
	 * @param random what chances are drawn from
	 * @param harm what else may go wrong is drawn from, or null for nothing
	 * @param world what the processes share
	 * @param processes the two processes
	 * @param checker what looks at what came of each start
	 */
	Starts(SplittableRandom random, @Nullable SplittableRandom harm, World world, List<SimulatedProcess> processes,
			Checker checker) {
		this.random = random;
		this.harm = harm;
		this.journal = world.journal();
		this.processes = processes;
		this.checker = checker;
		world.onStop((scene, life) -> {
			this.journal.note("  a stop of " + scene.kind().link());
			process(life).stop(scene.kind().link());
		});
		world.onSleep((scene, life) -> runMeanwhile(scene, other(life)));
		world.onRival((scene, life) -> rival(scene, other(life)));
	}

	private interface Start {

		CompletableFuture<Started> start();

	}

	static JobParameters mode(String mode, String... flags) {
		JobParametersBuilder parameters = new JobParametersBuilder().addString("mode", mode, false);
		for (String flag : flags) {
			parameters.addString(flag, "true", false);
		}
		return parameters.toJobParameters();
	}

	/** Starts a run, of which something may come in the way. */
	void run(Scene scene, JobParameters parameters) {
		SimulatedProcess process = anyProcess();
		meanwhile(scene, process,
				"runs " + parameters.getString("mode") + (parameters.getString("testing") != null ? ", testing" : ""),
				() -> process.start(scene.kind().link(), parameters));
	}

	/** Restarts the newest run, or tries to restart an older one. */
	void restart(Scene scene, int age) {
		List<SyncEvent> events = this.processes.get(0).events().newest(scene.kind().link(), age + 1);
		if (events.size() <= age) {
			return;
		}
		SyncEvent event = events.get(age);
		SimulatedProcess process = anyProcess();
		Started started = meanwhile(scene, process, "restarts event " + event.id(), () -> process.restart(event));
		boolean refused = started.what() == What.REFUSED || started.what() == What.BUSY;
		boolean ended = started.what() == What.DIED || started.what() == What.BROKE;
		Checker.require(refused || ended || (age == 0 && !event.success()),
				"only the newest run is restarted, and none that was successful", event + " -> " + started);
	}

	/** Replays a run, most often one that was not successful. */
	void replay(Scene scene) {
		List<SyncEvent> events = this.processes.get(0)
			.events()
			.newest(scene.kind().link(), 5)
			.stream()
			.filter((event) -> !event.success() || this.random.nextInt(5) == 0)
			.toList();
		if (events.isEmpty()) {
			return;
		}
		SyncEvent event = events.get(this.random.nextInt(events.size()));
		SimulatedProcess process = anyProcess();
		JobParameters parameters = new JobParametersBuilder().addString("mode", "REPLAY", false)
			.addLong("replayOf", event.id(), false)
			.toJobParameters();
		meanwhile(scene, process, "replays event " + event.id(), () -> process.start(scene.kind().link(), parameters));
	}

	/** Both processes start at once: at least one of them runs. */
	void race(Scene scene) {
		scene.prepare(this.random.nextLong(), List.of());
		scene.stayAwake();
		this.journal.note("%s%s: both processes start".formatted(scene.weather(), scene.kind().link()));
		List<CompletableFuture<Started>> starts = this.processes.stream()
			.map((process) -> process.start(scene.kind().link(), mode("DELTA")))
			.toList();
		List<Started> started = starts.stream().map(SimulatedProcess::await).toList();
		started.forEach(this.journal::started);
		// one may find the Link busy while the other is refused
		Started ran = started.stream()
			.filter((one) -> one.what() == What.RAN)
			.findFirst()
			.or(() -> started.stream().filter((one) -> one.what() != What.BUSY).findFirst())
			.orElse(started.get(0));
		started
			.forEach((one) -> Checker.require(one.what() != What.THREW, "no start fails unexpectedly", one.message()));
		this.checker.started(scene, ran);
	}

	/** Starts something, and lets something happen meanwhile. */
	private Started meanwhile(Scene scene, SimulatedProcess process, String what, Start start) {
		List<Interruption> interruptions = new ArrayList<>();
		for (int i = this.random.nextInt(3); i > 0; i--) {
			interruptions.add(Interruption.any(this.random));
		}
		int dieAt = (this.random.nextInt(6) == 0) ? this.random.nextInt(1, 60) : 0;
		boolean dies = dieAt > 0;
		scene.prepare(this.random.nextLong(), interruptions);
		int dieAfter = 0;
		int failAt = 0;
		if (this.harm != null && dies && this.harm.nextInt(3) == 0) {
			dieAfter = this.harm.nextInt(1, 4);
			dieAt = 0;
		}
		else if (this.harm != null && !dies && this.harm.nextInt(8) == 0) {
			failAt = this.harm.nextInt(1, 60);
		}
		process.life().begin(dieAt, dieAfter, failAt);
		this.journal.note("%s%s %s %s %s%s%s%s".formatted(scene.weather(), process.name(), what, scene.kind().link(),
				interruptions, (dieAt > 0) ? " dies at " + dieAt : "",
				(dieAfter > 0) ? " dies after delivery " + dieAfter : "",
				(failAt > 0) ? " database fails at " + failAt : ""));
		Started started = lost(scene, SimulatedProcess.await(start.start()));
		boolean failed = process.life().hasFailed() || scene.hasSlept();
		this.journal.started(started);
		process.life().begin();
		if (started.what() == What.DIED || failed) {
			scene.leave();
			this.checker.died(scene);
		}
		this.checker.started(scene, started, failed);
		undisturbed(scene, interruptions, dies || failed, process, started);
		return started;
	}

	/** A process that has been asleep finds that its run is another's. */
	private static Started lost(Scene scene, Started started) {
		return (scene.hasSlept() && started.what() == What.THREW && started.message().contains("LeaseLostException"))
				? new Started(What.BROKE, null, started.message()) : started;
	}

	/** What nothing came in the way of is successful. */
	private static void undisturbed(Scene scene, List<Interruption> interruptions, boolean failed,
			SimulatedProcess process, Started started) {
		if (scene.hasApi() && mayHaveMoved(interruptions, started)) {
			return;
		}
		boolean undisturbed = !failed && scene.weather().toString().isEmpty()
				&& interruptions.stream().noneMatch((one) -> one.what().ends());
		if (undisturbed && started.event() != null && started.event().mode() != Mode.REPLAY
				&& !started.event().testing()) {
			requireSuccess(process, started, "a run that nothing disturbs is successful");
		}
	}

	/**
	 * Whether the pages of an API may have moved since the run was planned, which a run
	 * must notice.
	 */
	private static boolean mayHaveMoved(List<Interruption> interruptions, Started started) {
		return !interruptions.isEmpty() || started.event() == null || started.event().attempts().size() > 1;
	}

	/** Another process runs the Link of one that is asleep. */
	private void runMeanwhile(Scene scene, SimulatedProcess process) {
		Started started = SimulatedProcess.await(process.start(scene.kind().link(), mode("DELTA")));
		this.journal.rival(scene.kind().link(), started);
	}

	private void rival(Scene scene, SimulatedProcess process) {
		Started started = SimulatedProcess.await(process.start(scene.kind().link(), mode("DELTA")));
		this.journal.rival(scene.kind().link(), started);
		if (started.what() != What.BUSY) {
			scene.violated(new Violation("one run of a Link at a time", "a second start was not refused: " + started));
		}
	}

	/** Starts a run that must be successful. */
	void succeed(Scene scene, String mode) {
		scene.prepare(this.random.nextLong(), List.of());
		scene.stayAwake();
		this.journal.note("%s runs %s".formatted(scene.kind().link(), mode));
		Started started = SimulatedProcess.await(this.processes.get(0).start(scene.kind().link(), mode(mode, "force")));
		this.journal.started(started);
		this.checker.started(scene, started);
		requireSuccess(this.processes.get(0), started, "the last run is successful");
	}

	private static void requireSuccess(SimulatedProcess process, Started started, String check) {
		SyncEvent event = started.event();
		Checker.require(event != null && event.success(), check,
				started + ((event != null) ? ", " + process.failedSteps(event) : ""));
	}

	private SimulatedProcess anyProcess() {
		return this.processes.get(this.random.nextInt(this.processes.size()));
	}

	private SimulatedProcess process(Life life) {
		return this.processes.stream().filter((process) -> process.life() == life).findFirst().orElseThrow();
	}

	private SimulatedProcess other(Life life) {
		return this.processes.stream().filter((process) -> process.life() != life).findFirst().orElseThrow();
	}

}
