package io.deltasync.run;

import java.time.LocalDateTime;
import java.util.List;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.SyncEvent;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What is stored of the steps of a run, and when. */
@EachDatabase({ TestDatabase.H2, TestDatabase.MYSQL, TestDatabase.POSTGRESQL })
class StepEndsIT extends ScriptedRuns {

	private static final String STATUS = "SELECT CONCAT(STEP_NAME, ' ', STATUS) FROM BATCH_STEP_EXECUTION "
			+ "ORDER BY STEP_EXECUTION_ID";

	StepEndsIT() {
		super("scriptedSource");
	}

	private List<String> steps() {
		return this.application.getBean(JdbcTemplate.class).queryForList(STATUS, String.class);
	}

	@Test
	void aStepHasEndedWhenTheNextOneStarts() throws Exception {
		this.script.plan = (source, context) -> {
			assertThat(steps()).containsExactly("plan STARTED");
			return FetchStrategy.immediate(10);
		};
		this.script.fetch = (source, context, scope) -> {
			assertThat(steps()).containsExactly("plan COMPLETED", "fetch STARTED");
			return Script.records(0, 10);
		};

		SyncEvent event = run();

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(steps()).containsExactly("plan COMPLETED", "fetch COMPLETED", "verdict COMPLETED");
		assertThat(execution(event).getStepExecutions())
			.allSatisfy((step) -> assertThat(step.getEndTime()).isAfterOrEqualTo(step.getStartTime()))
			.extracting(StepExecution::getWriteCount)
			.containsExactly(0L, 10L, 0L);
	}

	@Test
	void theStoredEndIsTheTimeAtWhichTheStepEnded() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate(10);
		this.script.fetch = (source, context, scope) -> Script.records(0, 10);
		SyncEvent event = run();
		List<StepExecution> steps = List.copyOf(execution(event).getStepExecutions());
		LocalDateTime planned = steps.get(0).getEndTime();
		assertThat(planned).isBeforeOrEqualTo(steps.get(1).getCreateTime());
	}

	@Test
	void theStartOfAStepIsStoredAgainIfItsTransactionWasRolledBack() throws Exception {
		scopes(3, 1);
		this.script.stepUpdate = (step) -> {
			if (step.getStepName().equals("verdict") && step.getStatus() == BatchStatus.STARTED) {
				this.script.stepUpdate = (other) -> {
				};
				throw new CannotAcquireLockException("somebody else has the row");
			}
		};

		SyncEvent event = run();

		assertThat(event.success()).as(event.toString()).isTrue();
		assertThat(execution(event).getStepExecutions()).allSatisfy((step) -> {
			assertThat(step.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(step.getEndTime()).isNotNull();
		});
	}

}
