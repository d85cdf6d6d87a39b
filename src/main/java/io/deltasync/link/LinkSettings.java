package io.deltasync.link;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.deltasync.config.Schedule;
import io.deltasync.config.Section;
import io.deltasync.mapping.MappingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Link's own settings: all its keys but {@code source} and {@code target}.
 *
 * @param batchSizeLimit how many records a batch holds at most, 1 to 100,000
 * @param parallel whether scopes may be fetched side by side
 * @param lanes how many at a time, 1 or more; null leaves it to the number of processors
 * @param maxPlanningTime how long planning may take, waits included
 * @param localConnection the connection that a query of LOCATOR runs on; null: the
 * application's own database
 * @param resumeCrashed whether a run whose process died is restarted where it stopped,
 * before the next run; else the next run fetches its window again
 * @param autoReplay how many replays may follow a run by themselves that delivered not
 * everything, 0 to 10
 * @param autoReplayAfter how long after the run the first follows
 * @param testing whether no run changes the target or moves the window
 * @param skipUnchanged whether records are left out that the target has as they are
 * @param deletes what becomes of records that a full run does not meet any more
 * @param maxDeleteShare how many of the records that were delivered may be deleted at a
 * time, in percent
 * @param softDelete what {@code deletes: soft} writes, from target property to its value
 * @param quarantineAfter in how many runs a record must have failed before it fails no
 * more; null: never
 * @param mask names or paths of properties whose values are not to be stored or shown
 * @param maxRejectSize how long the properties of a reject may be to be stored, in
 * characters of JSON
 * @param maxRejects how many rejects a run may store
 * @param logging what is stored of single records
 * @param maxLoggedRecords how many records a run may log
 * @param maxRejectShare how many of a hundred records may fail at the beginning of a run
 * before that ends it
 * @param retry how calls to the adapters are made again
 * @param schedule when the Link is run by itself; null: never
 * @param fullSchedule when the Link is run in full automatically; null: never
 * @param runAfter the Link after whose successful runs this one is run; null: none
 * @param mapping what becomes of the properties; null leaves them as they are
 */
record LinkSettings(@DefaultValue("1000") int batchSizeLimit, @DefaultValue("true") boolean parallel,
		@Nullable Integer lanes, @DefaultValue("24h") Duration maxPlanningTime, @Nullable String localConnection,
		boolean resumeCrashed, int autoReplay, @DefaultValue("30s") Duration autoReplayAfter, boolean testing,
		boolean skipUnchanged, @DefaultValue("off") Link.Deletes deletes, @DefaultValue("10") double maxDeleteShare,
		@DefaultValue Map<String, Object> softDelete, @Nullable Integer quarantineAfter, @DefaultValue Set<String> mask,
		@DefaultValue("100000") int maxRejectSize, @DefaultValue("100000") int maxRejects,
		@DefaultValue("errors") RecordLogging logging, @DefaultValue("100000") int maxLoggedRecords,
		@DefaultValue("50") int maxRejectShare, @DefaultValue RetrySettings retry, @Nullable Schedule schedule,
		@Nullable Schedule fullSchedule, @Nullable RunAfter runAfter, @Nullable MappingSettings mapping) {

	/** Room for two batches and their copies. */
	private static final long HEAP_OF_A_LANE = 16 << 20;

	private static final int MAX_BATCH_SIZE = 100_000;

	private static final int MOST_LANES_BY_DEFAULT = 64;

	private static final int MOST_REPLAYS = 10;

	void check(Section section) {
		if (this.batchSizeLimit < 1 || this.batchSizeLimit > MAX_BATCH_SIZE) {
			section.problem("batch-size-limit", "is %d; give 1 to %d".formatted(this.batchSizeLimit, MAX_BATCH_SIZE));
		}
		if (this.lanes != null && this.lanes < 1) {
			section.problem("lanes", "is %d; give 1 or more, or leave it out".formatted(this.lanes));
		}
		if (!(this.maxDeleteShare >= 0 && this.maxDeleteShare <= 100)) {
			section.problem("max-delete-share",
					"is %s; give a share in percent, from 0 to 100".formatted(this.maxDeleteShare));
		}
		if ((this.deletes == Link.Deletes.SOFT) == this.softDelete.isEmpty()) {
			section.problem("soft-delete",
					this.softDelete.isEmpty()
							? "is missing; give what deletes: soft is to write, such as { deleted: true }"
							: "is what deletes: soft writes, but deletes is %s"
								.formatted(this.deletes.name().toLowerCase(Locale.ROOT)));
		}
		if (this.quarantineAfter != null && this.quarantineAfter < 1) {
			section.problem("quarantine-after",
					"is %d; give a number of runs, 1 or more, or leave it out".formatted(this.quarantineAfter));
		}
		if (this.autoReplay < 0 || this.autoReplay > MOST_REPLAYS) {
			section.problem("auto-replay", "is %d; give 0 to %d".formatted(this.autoReplay, MOST_REPLAYS));
		}
		if (this.autoReplayAfter.isNegative() || this.autoReplayAfter.isZero()) {
			section.problem("auto-replay-after",
					"is %s; give a duration above 0, such as 30s".formatted(this.autoReplayAfter));
		}
		if (this.maxRejectSize < 0) {
			section.problem("max-reject-size",
					"is %d; give a number of characters, 0 or more".formatted(this.maxRejectSize));
		}
		if (this.maxRejects < 1) {
			section.problem("max-rejects", "is %d; give a number of records, 1 or more".formatted(this.maxRejects));
		}
		if (this.maxLoggedRecords < 0) {
			section.problem("max-logged-records",
					"is %d; give a number of records, 0 or more".formatted(this.maxLoggedRecords));
		}
		if (this.maxRejectShare < 0 || this.maxRejectShare > 100) {
			section.problem("max-reject-share", "is %d; give a percentage, 0 to 100".formatted(this.maxRejectShare));
		}
		this.retry.check(section);
		if (this.maxPlanningTime.isNegative() || this.maxPlanningTime.isZero()) {
			section.problem("max-planning-time",
					"is %s; give a duration above 0, such as 24h".formatted(this.maxPlanningTime));
		}
	}

	/**
	 * Two lanes a processor, but not so many that none has room for a batch of its own.
	 */
	static int lanesFor(int processors, long heap) {
		int roomFor = (int) Math.min(MOST_LANES_BY_DEFAULT, Math.max(1, heap / HEAP_OF_A_LANE));
		return Math.min(roomFor, 2 * processors);
	}

	int resolvedLanes() {
		if (!this.parallel) {
			return 1;
		}
		return (this.lanes != null) ? this.lanes
				: lanesFor(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory());
	}

}
