package io.deltasync.benchmark;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When a run that a schedule started began and ended, counted from its slot. All three
 * times are stored ones: a look from outside would come too late.
 *
 * @param begin from the slot to the start of the Sync Event
 * @param end from the slot to its end
 */
record SlotTimes(Duration begin, Duration end) {

	static SlotTimes of(SyncEvent event, JdbcClient jobs) {
		Instant slot = Instant.parse(jobs
			.sql("SELECT PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS WHERE JOB_EXECUTION_ID = ?"
					+ " AND PARAMETER_NAME = ?")
			.params(event.attempts().get(0).jobExecutionId(), RunParameters.SLOT)
			.query(String.class)
			.single());
		return new SlotTimes(Duration.between(slot, Objects.requireNonNull(event.startedAt())),
				Duration.between(slot, Objects.requireNonNull(event.endedAt())));
	}

	double beginMillis() {
		return this.begin.toNanos() / 1e6;
	}

	double endMillis() {
		return this.end.toNanos() / 1e6;
	}

}
