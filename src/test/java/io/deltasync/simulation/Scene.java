package io.deltasync.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * One Link in a history: its source and target, what fails, what will happen in the
 * middle of its run, and what was seen. Thread-safe.
 */
final class Scene {

	private final LinkKind kind;

	private final Source source;

	private final Target target;

	private final Weather weather;

	private final @Nullable SimulatedApi api;

	private final List<Violation> violations = new ArrayList<>();

	/** From a run to what its source held when it was planned, the last time. */
	private final Map<Instant, Planned> planned = new HashMap<>();

	/** From a run to what its source held when it was planned for the first time. */
	private final Map<Instant, Planned> firstPlanned = new HashMap<>();

	private List<Interruption> interruptions = List.of();

	private long planSeed;

	private int points;

	private @Nullable Instant live;

	private boolean sleepy;

	private boolean slept;

	Scene(LinkKind kind, Source source, SplittableRandom random) {
		this.kind = kind;
		this.source = source;
		boolean reads = kind.reading() == LinkKind.Reading.API;
		this.weather = new Weather(source.keys(), random, reads ? new ApiWeather(kind, random) : null);
		ApiWeather ofApi = this.weather.ofApi();
		this.api = (ofApi != null) ? new SimulatedApi(kind, source, ofApi, random) : null;
		this.target = new Target(kind.readsSideBySide(), this::violated);
	}

	/**
	 * What a run must deliver before it may be successful.
	 *
	 * @param findable what it must have delivered
	 * @param rows what the source held
	 * @param position how many changes were committed by then
	 */
	record Planned(Map<Integer, Long> findable, Map<Integer, Long> rows, int position) {

	}

	LinkKind kind() {
		return this.kind;
	}

	Source source() {
		return this.source;
	}

	Target target() {
		return this.target;
	}

	Weather weather() {
		return this.weather;
	}

	boolean hasApi() {
		return this.api != null;
	}

	SimulatedApi api() {
		return Objects.requireNonNull(this.api);
	}

	/** Gets ready for a run. */
	synchronized void prepare(long newPlanSeed, List<Interruption> newInterruptions) {
		this.sleepy = this.kind == LinkKind.SLEEPING && newPlanSeed % 3 == 0;
		this.slept = false;
		this.planSeed = newPlanSeed;
		this.interruptions = List.copyOf(newInterruptions);
		this.points = 0;
	}

	/** Whether the process falls asleep before it writes, which it does once. */
	synchronized boolean fallsAsleep() {
		this.slept = this.slept || this.sleepy;
		boolean falls = this.sleepy;
		this.sleepy = false;
		return falls;
	}

	/** The process does not fall asleep in the run that is prepared. */
	synchronized void stayAwake() {
		this.sleepy = false;
	}

	/** Whether the process of the run has been asleep. */
	synchronized boolean hasSlept() {
		return this.slept;
	}

	synchronized long planSeed() {
		return this.planSeed;
	}

	/** Passes a point of the fetching, and tells what happens there. */
	synchronized List<Interruption> pass() {
		this.points++;
		return this.interruptions.stream().filter((one) -> one.point() == this.points).toList();
	}

	synchronized void plan(Instant run) {
		Planned now = new Planned(this.source.findable(), this.source.rows(), this.source.position());
		this.planned.put(run, now);
		this.firstPlanned.putIfAbsent(run, now);
	}

	synchronized @Nullable Planned planned(Instant run) {
		return this.planned.get(run);
	}

	/** What any attempt of a run may have met in the source. */
	synchronized Planned firstPlanned(Instant run) {
		return this.firstPlanned.get(run);
	}

	/** A run deletes from the target what it did not meet in the source. */
	synchronized void delete(Instant run, int key) {
		Planned whenPlanned = this.planned.get(run);
		if (whenPlanned != null && whenPlanned.rows.containsKey(key)
				&& !this.source.isChangedSince(key, whenPlanned.position)) {
			violated(new Violation("nothing is deleted that the source holds",
					"the run of %s deleted %d".formatted(run, key)));
		}
		this.target.delete(key);
	}

	/** An adapter is called for a run. */
	synchronized void enter(Instant run) {
		if (this.live != null && !this.live.equals(run) && this.kind != LinkKind.SLEEPING) {
			violated(new Violation("one run of a Link at a time",
					"%s is called for the run of %s while that of %s is active".formatted(this.kind.link(), run,
							this.live)));
		}
		this.live = run;
	}

	/** The end of whichever run there is was stored, or its process died. */
	synchronized void leave() {
		this.live = null;
	}

	synchronized void violated(Violation violation) {
		this.violations.add(violation);
	}

	synchronized @Nullable Violation violation() {
		return this.violations.isEmpty() ? null : this.violations.get(0);
	}

}
