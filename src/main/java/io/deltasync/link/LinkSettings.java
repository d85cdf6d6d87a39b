package io.deltasync.link;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.deltasync.config.Schedule;
import io.deltasync.config.Section;
import io.deltasync.link.notification.LinkNotificationSettings;
import io.deltasync.mapping.MappingSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a Link that do not depend on its adapters: all its keys except
 * {@code source}, {@code target} and {@code filters}. The descriptions of the components
 * appear in the configuration metadata and in the documentation.
 *
 * @param batchSizeLimit Maximum number of records in a batch, 1 to 100,000. The target
 * may accept fewer, and long records make batches smaller ('deltasync.buffer-memory')
 * @param parallel Whether scopes are fetched in parallel. 'false' is the same as one lane
 * @param lanes Number of scopes that are fetched at a time, 1 or more. Default: twice the
 * processors, up to 64 and up to one per 16 MB of heap
 * @param maxPlanningTime Maximum time that an adapter may plan, waits included
 * @param localConnection The connection on which the query of the strategy LOCATOR runs.
 * Default: the JobRepository's database
 * @param resumeCrashed Whether a run whose process died is resumed before the next run,
 * for long full loads. Otherwise the next run fetches its window again
 * @param autoReplay Maximum number of automatic replays that 'serve' starts after a run
 * that did not deliver everything, 0 to 10
 * @param autoReplayAfter Wait between the run and the first replay. Each later wait is
 * twice as long, up to an hour
 * @param testing Whether all runs are testing runs, which neither change the target nor
 * move the window
 * @param skipUnchanged Whether records are left out that the target has already received
 * in this form
 * @param deletes What happens to records that the source no longer has: nothing ('off'),
 * a warning ('report'), an update that marks them ('soft') or their deletion ('hard')
 * @param maxDeleteShare Percentage of the delivered records that a run may delete. If
 * there are more, none is deleted and the run is not successful
 * @param softDelete What 'deletes: soft' writes, from the target's property to its value,
 * such as '{ deleted: true }'. Required for it
 * @param quarantineAfter Number of runs in which a record may fail before it no longer
 * fails the run. Default: never; for a Link that is pushed to, 1
 * @param mask Properties (name or path, case-insensitive) whose values are neither stored
 * with rejects nor printed in keys and messages
 * @param maxRejectSize Maximum size of a reject's stored properties, in characters of
 * JSON. A larger record cannot be delivered from the store
 * @param maxRejects Maximum number of rejects that a run stores. Records that fail beyond
 * it are counted, and their scopes fail, so the window stays and these scopes are fetched
 * again. Several workers may exceed it a little
 * @param logging What is stored for single records, in addition to their counts.
 * 'errors': rejects. 'warnings': also key and warnings of records with warnings. 'all':
 * also key and outcome of each record. 'none': rejects without their properties, so a
 * restart cannot deliver them from the store
 * @param maxLoggedRecords Maximum number of records that a run logs with 'logging: all'
 * or 'logging: warnings'. A warning reports how many are missing
 * @param maxRejectShare Percentage of the first 1,000 records of a run that may fail. If
 * more fail, the cause is not the records, and the run is aborted. Acknowledged rejects
 * do not count. '100' disables the check
 * @param retry How calls to adapters and filters are retried after a transient failure.
 * Default: 3 attempts
 * @param schedule When 'serve' runs the Link, as a cron expression in UTC or with the
 * keys 'cron' and 'zone'. Default: never
 * @param fullSchedule When the Link's next run is a full one, in the same format. 'serve'
 * starts it at that time; with another scheduler, 'run LINK --full-if-due' fetches
 * everything if such a time has passed since the last full run of the schedule, and the
 * changes otherwise. Default: never
 * @param verify When 'serve' compares the target with the source. Default: never
 * @param runAfter The Link after whose successful runs 'serve' runs this one, however
 * those were started. With the keys 'link' and 'only-changes: true', runs that wrote and
 * deleted nothing do not count
 * @param labels Words by which people find Links that belong together, such as the team
 * or the system, in the console, the REST API and 'links --json'
 * @param notifications How people are notified of the Link, where it differs from
 * 'deltasync.notifications'
 * @param mapping How properties of the source become properties of the target
 */
@ConfigurationProperties(Section.ROOT + ".links.*")
record LinkSettings(@DefaultValue("1000") int batchSizeLimit, @DefaultValue("true") boolean parallel,
		@Nullable Integer lanes, @DefaultValue("24h") Duration maxPlanningTime, @Nullable String localConnection,
		boolean resumeCrashed, int autoReplay, @DefaultValue("30s") Duration autoReplayAfter, boolean testing,
		boolean skipUnchanged, @DefaultValue("off") Link.Deletes deletes, @DefaultValue("10") double maxDeleteShare,
		@DefaultValue Map<String, Object> softDelete, @Nullable Integer quarantineAfter, @DefaultValue Set<String> mask,
		@DefaultValue("100000") int maxRejectSize, @DefaultValue("100000") int maxRejects,
		@DefaultValue("errors") RecordLogging logging, @DefaultValue("100000") int maxLoggedRecords,
		@DefaultValue("50") int maxRejectShare, @NestedConfigurationProperty @DefaultValue RetrySettings retry,
		@NestedConfigurationProperty @Nullable Schedule schedule,
		@NestedConfigurationProperty @Nullable Schedule fullSchedule,
		@NestedConfigurationProperty @DefaultValue VerifySettings verify,
		@NestedConfigurationProperty @Nullable RunAfter runAfter, @DefaultValue Set<String> labels,
		@NestedConfigurationProperty @DefaultValue LinkNotificationSettings notifications,
		@NestedConfigurationProperty @Nullable MappingSettings mapping) {

	/** Enough for two batches and their copies. */
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
							? "is missing; give the properties that deletes: soft writes, such as { deleted: true }"
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
		if (this.labels.stream().anyMatch(String::isBlank)) {
			section.problem("labels", "has an empty label; give words such as 'shop', or leave it out");
		}
		if (this.maxLoggedRecords < 0) {
			section.problem("max-logged-records",
					"is %d; give a number of records, 0 or more".formatted(this.maxLoggedRecords));
		}
		if (this.maxRejectShare < 0 || this.maxRejectShare > 100) {
			section.problem("max-reject-share", "is %d; give a percentage, 0 to 100".formatted(this.maxRejectShare));
		}
		this.retry.check(section);
		this.verify.check(section);
		this.notifications.check(section);
		if (this.maxPlanningTime.isNegative() || this.maxPlanningTime.isZero()) {
			section.problem("max-planning-time",
					"is %s; give a duration above 0, such as 24h".formatted(this.maxPlanningTime));
		}
	}

	/**
	 * Returns two lanes per processor, but no more than have room for a batch each.
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
