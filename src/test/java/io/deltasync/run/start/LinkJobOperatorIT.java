package io.deltasync.run.start;

import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.lease.LinkBusyException;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.UnexpectedJobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobExecutionNotRunningException;
import org.springframework.batch.core.launch.JobRestartException;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The JobOperator starts, restarts and stops jobs of Links by the rules of Links, however
 * it is called, and jobs of the application as Spring Batch does.
 */
@EachDatabase(TestDatabase.H2)
@SuppressWarnings("removal")
class LinkJobOperatorIT extends ScriptedRuns {

	private static final String OWN = "report";

	private final AtomicBoolean failing = new AtomicBoolean();

	LinkJobOperatorIT() {
		super("scriptedSource");
	}

	@Test
	void linkIsStartedByItsName() throws Exception {
		scopes(2, 5);
		SyncEvent first = run();
		Properties properties = new Properties();
		properties.setProperty("mode", "FULL");
		Long full = this.operator.start(LINK, properties);
		Long delta = this.operator.startNextInstance(LINK);
		List<SyncEvent> events = this.events.newest(LINK, 10);
		assertThat(events).extracting(SyncEvent::mode).containsExactly(Mode.DELTA, Mode.FULL, Mode.DELTA);
		assertThat(events).allMatch(SyncEvent::success);
		assertThat(execution(events.get(1)).getId()).isEqualTo(full);
		assertThat(execution(events.get(0)).getId()).isEqualTo(delta);
		assertThat(events.get(0).windowStart()).isAfter(first.runTimestamp());
	}

	@Test
	void linkIsStartedByTheOldInterfaceOfLaunchers() throws Exception {
		scopes(2, 5);
		JobExecution execution = this.operator.run(this.job, new JobParameters());
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.events.newest(LINK).orElseThrow().success()).isTrue();
	}

	@Test
	void runIsRestartedAndStoppedByTheNumberOfItsExecution() throws Exception {
		scopes(2, 5);
		breaking("1");
		SyncEvent failed = run();
		scopes(2, 5);
		Long second = this.operator.restart(execution(failed).getId());
		SyncEvent restarted = this.events.find(failed.id()).orElseThrow();
		assertThat(restarted.success()).isTrue();
		assertThat(execution(restarted).getId()).isEqualTo(second);
		assertThatExceptionOfType(JobExecutionNotRunningException.class).isThrownBy(() -> this.operator.stop(second))
			.withMessageContaining("no run of event " + failed.id());
		assertThatExceptionOfType(JobRestartException.class).isThrownBy(() -> this.operator.restart(second))
			.withMessageContaining("event " + failed.id() + " was successful");
	}

	@Test
	void methodThatDeclaresNoExceptionsStillSaysThatTheLinkIsBusy() throws Exception {
		scopes(1, 5);
		CompletableFuture<String> refused = new CompletableFuture<>();
		this.script.beforePush = () -> {
			try {
				this.operator.startNextInstance(this.job);
				refused.complete("started");
			}
			catch (UnexpectedJobExecutionException ex) {
				refused.complete(ex.getCause().getClass().getSimpleName() + ex.getMessage());
			}
		};
		run();
		assertThat(refused.get(1, TimeUnit.MINUTES)).startsWith(LinkBusyException.class.getSimpleName())
			.contains("Link 'people' is busy");
	}

	@Test
	void jobOfTheApplicationIsNoneOfALink() throws Exception {
		Job own = own();
		JobRegistry registry = this.application.getBean(JobRegistry.class);
		registry.register(own);
		try {
			JobParameters parameters = new JobParametersBuilder().addString("day", Instant.now().toString())
				.toJobParameters();
			this.failing.set(true);
			JobExecution failed = this.operator.start(own, parameters);
			assertThat(failed.getStatus()).isEqualTo(BatchStatus.FAILED);
			assertThatExceptionOfType(JobExecutionNotRunningException.class)
				.isThrownBy(() -> this.operator.stop(failed));
			this.failing.set(false);
			JobExecution restarted = this.operator.restart(failed);
			assertThat(restarted.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(restarted.getJobInstanceId()).isEqualTo(failed.getJobInstanceId());
			Properties properties = new Properties();
			properties.setProperty("day", "another of " + Instant.now());
			Long byName = this.operator.start(OWN, properties);
			assertThat(this.application.getBean(JobRepository.class).getJobExecution(byName).getStatus())
				.isEqualTo(BatchStatus.COMPLETED);
		}
		finally {
			registry.unregister(OWN);
		}
		assertThat(this.events.newest(OWN)).isEmpty();
	}

	private Job own() {
		JobRepository repository = this.application.getBean(JobRepository.class);
		return new JobBuilder(OWN, repository).start(new StepBuilder("print", repository).tasklet((step, chunk) -> {
			if (this.failing.get()) {
				throw new IllegalStateException("no paper");
			}
			return RepeatStatus.FINISHED;
		}).build()).build();
	}

	@Test
	void crashedRunOfALinkIsRecoveredByTheOperator() throws Exception {
		SyncEvent crashed = run();
		kill(crashed);
		assertThat(this.operator.recover(execution(crashed)).getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.events.find(crashed.id()).orElseThrow().status()).isEqualTo(Status.CRASHED);
	}

}
