package io.deltasync.cli.text;

import java.util.Optional;

import io.deltasync.event.SyncEvent;
import io.deltasync.run.ActiveRun;
import org.jspecify.annotations.Nullable;

/**
 * How far a run has come.
 *
 * @param link the Link's name
 * @param testing whether the target stays unchanged
 * @param total the number of records that the adapter expects; null if it is not known
 * @param records the number of records that were fetched
 */
public record Progress(String link, boolean testing, @Nullable Long total, long records) {

	/**
	 * Returns how far a run of this process has come.
	 * @param run the run; empty before its start and after its end
	 * @return its progress, or null
	 */
	public static @Nullable Progress of(Optional<ActiveRun> run) {
		return run
			.map((active) -> new Progress(active.link().name(), active.isTesting(),
					active.counters().expectedTotalRecords(), active.counters().recordsThrough()))
			.orElse(null);
	}

	/**
	 * Returns how far a run of any process has come.
	 * @param event its event
	 * @return its progress
	 */
	public static Progress of(SyncEvent event) {
		return new Progress(event.link(), event.testing(), event.expectedTotalRecords(), event.records().fetched());
	}

}
