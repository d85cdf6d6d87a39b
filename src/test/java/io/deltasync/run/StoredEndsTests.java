package io.deltasync.run;

import java.time.LocalDateTime;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StoredEndsTests {

	private final StoredEnds ends = new StoredEnds();

	private final AtomicInteger stored = new AtomicInteger();

	private final JobExecution job = new JobExecution(1, new JobInstance(1, "link"), new JobParameters());

	private final StepExecution step = new StepExecution(2, "plan", this.job);

	private void store() {
		this.ends.store(this.step, this.stored::incrementAndGet);
	}

	private void end(BatchStatus status, ExitStatus exitStatus) {
		this.step.setStatus(status);
		this.step.setExitStatus(exitStatus);
		this.step.setEndTime(LocalDateTime.of(2026, 11, 21, 8, 0));
	}

	@Test
	void endIsStoredOnce() {
		end(BatchStatus.COMPLETED, ExitStatus.COMPLETED);
		store();
		store();
		assertThat(this.stored).hasValue(1);
	}

	@Test
	void stepThatHasNotEndedIsAlwaysStored() {
		store();
		store();
		assertThat(this.stored).hasValue(2);
	}

	@Test
	void endThatAListenerChangesIsStoredAgain() {
		end(BatchStatus.COMPLETED, ExitStatus.COMPLETED);
		store();
		this.step.setExitStatus(new ExitStatus("WAIT"));
		store();
		this.step.setStatus(BatchStatus.STOPPED);
		store();
		assertThat(this.stored).hasValue(3);
	}

	@Test
	void endThatCouldNotBeStoredIsStoredAgain() {
		end(BatchStatus.COMPLETED, ExitStatus.COMPLETED);
		assertThatIllegalStateException().isThrownBy(() -> this.ends.store(this.step, () -> {
			throw new IllegalStateException("no database");
		}));
		store();
		assertThat(this.stored).hasValue(1);
	}

	@Test
	void jobAndStepHaveEndsOfTheirOwn() {
		end(BatchStatus.COMPLETED, ExitStatus.COMPLETED);
		store();
		this.job.setStatus(BatchStatus.COMPLETED);
		this.job.setExitStatus(ExitStatus.COMPLETED);
		this.job.setEndTime(LocalDateTime.of(2026, 11, 21, 8, 0));
		this.ends.store(this.job, this.stored::incrementAndGet);
		this.ends.store(this.job, this.stored::incrementAndGet);
		assertThat(this.stored).hasValue(2);
	}

}
