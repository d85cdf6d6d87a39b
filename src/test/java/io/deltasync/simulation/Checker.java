package io.deltasync.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.deltasync.api.Operation;
import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.Watermark;
import io.deltasync.reject.Reject;
import io.deltasync.simulation.SimulatedProcess.Started;
import io.deltasync.simulation.SimulatedProcess.Started.What;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a run did with what it should have done, by the source's own history.
 */
final class Checker {

	private static final Pattern VERSION = Pattern.compile("\"VERSION\":\\D*(\\d+)");

	private final SimulatedProcess process;

	private final VirtualClock clock;

	private final Map<LinkKind, Watermark> windows = new EnumMap<>(LinkKind.class);

	/** When a process died that had the Link. */
	private final Map<LinkKind, Instant> deaths = new EnumMap<>(LinkKind.class);

	Checker(SimulatedProcess process, VirtualClock clock) {
		this.process = process;
		this.clock = clock;
	}

	/** A process died while it, perhaps, had a Link. */
	void died(Scene scene) {
		this.deaths.put(scene.kind(), this.clock.now());
	}

	/** Whether nothing has run since a process died. */
	boolean hasDied(Scene scene) {
		return this.deaths.containsKey(scene.kind());
	}

	/** Whether the lease of a dead process may not have ended yet. */
	boolean isHeldByDead(Scene scene) {
		Instant death = this.deaths.get(scene.kind());
		return death != null && this.clock.now().isBefore(death.plus(SimulatedProcess.LEASE));
	}

	/** Checks a start that nobody else was in the way of. */
	void started(Scene scene, Started started) {
		started(scene, started, false);
	}

	/** Checks a start in which the database may have failed. */
	void started(Scene scene, Started started, boolean failed) {
		check(scene.violation());
		if (started.what() == What.BUSY) {
			require(isHeldByDead(scene), "no run is stuck",
					"%s is busy, though no process has it: %s".formatted(scene.kind().link(), started.message()));
		}
		else if (started.what() == What.RAN && !failed) {
			this.deaths.remove(scene.kind());
		}
		require(started.what() != What.THREW, "no start fails unexpectedly", started.message());
		all(scene);
	}

	/** Checks what holds at any time between runs. */
	void all(Scene scene) {
		check(scene.violation());
		String link = scene.kind().link();
		List<SyncEvent> events = this.process.events().newest(link, 3);
		for (SyncEvent event : events) {
			counts(scene, event);
		}
		window(scene, events);
		if (!this.deaths.containsKey(scene.kind())) {
			require(count("SELECT COUNT(*) FROM SYNC_LEASE WHERE LINK = '%s' AND EXPIRES_AT > ACQUIRED_AT"
				.formatted(link)) == 0, "no lease is left", link + " is held, though nothing runs");
			for (SyncEvent event : events) {
				require(event.endedAt() != null, "every event has ended", event.toString());
			}
		}
	}

	private void counts(Scene scene, SyncEvent event) {
		require(event.records().addUp() && event.records().failing() >= 0, "counts add up", event.toString());
		if (!event.success()) {
			return;
		}
		require(event.scopes().failed() == 0 && event.scopes().done() == event.scopes().total()
				&& event.records().failing() == 0, "a successful run has done everything", event.toString());
		require(count("SELECT COUNT(*) FROM SYNC_SCOPE_PAGE WHERE JOB_INSTANCE_ID = %d AND SCOPES_PASSED < SCOPE_COUNT"
			.formatted(event.id())) == 0, "a successful run leaves no scope open", event.toString());
		if (event.attempts().size() == 1) {
			int taken = scene.target().taken(event.runTimestamp());
			require(event.records().written() + event.deleted() == taken, "what is counted as written was written",
					"the target took %d: %s".formatted(taken, event));
		}
	}

	/** The window moves to a successful run, forth, and never otherwise. */
	private void window(Scene scene, List<SyncEvent> newest) {
		Watermark before = this.windows.getOrDefault(scene.kind(), Watermark.NONE);
		Watermark now = this.process.events().lastSuccess(scene.kind().link());
		this.windows.put(scene.kind(), now);
		String moved = "from %s to %s by %s".formatted(before, now, newest);
		if (scene.kind() == LinkKind.SLEEPING) {
			// what a sleeper may have written too late, a wider window brings again
			newest.stream()
				.filter((event) -> movesWindow(event) && event.runTimestamp().equals(now.sync()))
				.forEach((event) -> delivered(scene, event));
			return;
		}
		if (!newest.isEmpty() && movesWindow(newest.get(0))) {
			require(newest.get(0).runTimestamp().equals(now.sync()), "the window is that of the newest successful run",
					moved);
		}
		if (now.equals(before)) {
			return;
		}
		require(newest.stream().anyMatch((event) -> event.runTimestamp().equals(now.sync())),
				"the window moves to the time of a run", moved);
		require(before.sync() == null || now.sync().isAfter(before.sync()), "the window never moves back", moved);
		for (SyncEvent event : newest) {
			if (event.runTimestamp().equals(now.sync())) {
				require(movesWindow(event), "the window stays when a run was not successful", moved);
				delivered(scene, event);
			}
		}
	}

	private static boolean movesWindow(SyncEvent event) {
		return event.success() && !event.testing() && event.mode() != Mode.REPLAY;
	}

	/** All that the source held when the run was planned has arrived. */
	private void delivered(Scene scene, SyncEvent event) {
		Scene.Planned planned = scene.planned(event.runTimestamp());
		require(planned != null, "a successful run was planned", event.toString());
		Set<Integer> setAside = setAside(scene);
		List<String> missing = new ArrayList<>();
		planned.findable().forEach((key, version) -> {
			Long there = scene.target().version(key);
			if ((there == null || there < version) && !setAside.contains(key)
					&& !scene.source().isChangedSince(key, planned.position())) {
				missing.add("%d=v%d, of which the target has %s".formatted(key, version,
						(there != null) ? "v" + there : "nothing"));
			}
		});
		require(missing.isEmpty(), "nothing is missing after a success", "%s: %s".formatted(event, missing));
		if (scene.kind().deletes() && event.mode() == Mode.FULL) {
			// what an attempt met is not gone, though it was before the next one, which
			// fetches only what is left; the next full run deletes it, and
			// the last one of a history must
			Scene.Planned first = scene.firstPlanned(event.runTimestamp());
			scene.target().rows().forEach((key, version) -> {
				if (!first.rows().containsKey(key) && !setAside.contains(key)
						&& !scene.source().isChangedSince(key, first.position())) {
					missing.add("%d=v%d".formatted(key, version));
				}
			});
			require(missing.isEmpty(), "deleted records are deleted at the target", "%s: %s".formatted(event, missing));
		}
	}

	/** Records that wait without failing runs. */
	private Set<Integer> setAside(Scene scene) {
		return waiting(scene).stream()
			.filter((reject) -> reject.state().isAcknowledged())
			.map(Checker::key)
			.collect(Collectors.toSet());
	}

	private List<Reject> waiting(Scene scene) {
		return this.process.rejects().waiting(scene.kind().link(), 1000);
	}

	private static int key(Reject reject) {
		return Integer.parseInt(Objects.requireNonNull(reject.key()).replaceAll("\\D", ""));
	}

	private static long version(Reject reject) {
		if (reject.operation() == Operation.DELETE) {
			return Long.MAX_VALUE;
		}
		Matcher matcher = VERSION.matcher(Objects.requireNonNull(reject.properties()));
		require(matcher.find(), "a reject is stored with its properties", reject.toString());
		return Long.parseLong(matcher.group(1));
	}

	/** Nothing fails any more, and all runs have ended: both sides are equal. */
	void end(Scene scene) {
		all(scene);
		Map<Integer, Long> source = scene.source().rows();
		Map<Integer, Long> target = scene.target().rows();
		if (!scene.kind().deletes()) {
			target.keySet().retainAll(source.keySet());
		}
		require(source.equals(target), "target rows equal the newest versions at the end",
				"the source has %s, the target %s".formatted(source, target));
		for (Reject reject : waiting(scene)) {
			require(version(reject) >= target.getOrDefault(key(reject), 0L),
					"no reject waits of which a newer version was delivered",
					"the target has v%d: %s".formatted(target.get(key(reject)), reject));
		}
		long success = this.process.events()
			.eventOf(scene.kind().link(), this.process.events().lastSuccess(scene.kind().link()));
		List<Reject> holding = this.process.rejects().holding(scene.kind().link(), success, 10);
		require(holding.isEmpty(), "no reject holds the window after a success", holding.toString());
		if (scene.kind().deletes()) {
			require(waiting(scene).stream().noneMatch((reject) -> reject.state() == Reject.State.OPEN),
					"no reject waits of a record that a full run has not met", waiting(scene).toString());
		}
		for (SyncEvent event : this.process.events().newest(scene.kind().link(), 1000)) {
			require(event.status().ended() && event.endedAt() != null
					&& !event.endedAt()
						.isBefore(event.runTimestamp().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofSeconds(1))),
					"every event has ended", event.toString());
			counts(scene, event);
		}
		require(count(
				"SELECT COUNT(*) FROM BATCH_JOB_EXECUTION WHERE STATUS IN ('STARTING', 'STARTED', 'STOPPING')") == 0,
				"every event has ended", "an execution is left open");
	}

	private int count(String sql) {
		return Objects.requireNonNull(this.process.jdbc().queryForObject(sql, Integer.class));
	}

	static void require(boolean holds, String check, String otherwise) {
		if (!holds) {
			throw new Violation(check, otherwise);
		}
	}

	private static void check(@Nullable Violation violation) {
		if (violation != null) {
			throw violation;
		}
	}

}
