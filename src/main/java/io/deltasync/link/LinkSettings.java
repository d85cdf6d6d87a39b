package io.deltasync.link;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A Link's own settings: all its keys but {@code source} and {@code target}.
 *
 * @param batchSizeLimit how many records a batch holds at most, 1 or more
 * @param parallel whether scopes may be fetched side by side
 * @param lanes how many at a time, 1 or more; null leaves it to the number of processors
 * @param maxPlanningTime how long planning may take, waits included
 * @param localConnection the connection that a query of LOCATOR runs on; null: the
 * application's own database
 * @param resumeCrashed whether a run whose process died is restarted where it stopped,
 * before the next run; else the next run fetches its window again
 * @param mapping what becomes of the properties; null leaves them as they are
 */
record LinkSettings(@DefaultValue("1000") int batchSizeLimit, @DefaultValue("true") boolean parallel,
		@Nullable Integer lanes, @DefaultValue("24h") Duration maxPlanningTime, @Nullable String localConnection,
		boolean resumeCrashed, @Nullable MappingSettings mapping) {

	private static final int MOST_LANES_BY_DEFAULT = 64;

	void check(Section section) {
		if (this.batchSizeLimit < 1) {
			section.problem("batch-size-limit", "is %d; give 1 or more".formatted(this.batchSizeLimit));
		}
		if (this.lanes != null && this.lanes < 1) {
			section.problem("lanes", "is %d; give 1 or more, or leave it out".formatted(this.lanes));
		}
		if (this.maxPlanningTime.isNegative() || this.maxPlanningTime.isZero()) {
			section.problem("max-planning-time",
					"is %s; give a duration above 0, such as 24h".formatted(this.maxPlanningTime));
		}
	}

	int resolvedLanes() {
		if (!this.parallel) {
			return 1;
		}
		return (this.lanes != null) ? this.lanes
				: Math.min(MOST_LANES_BY_DEFAULT, 2 * Runtime.getRuntime().availableProcessors());
	}

}
