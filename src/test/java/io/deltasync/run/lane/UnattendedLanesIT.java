package io.deltasync.run.lane;

import java.util.concurrent.TimeUnit;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.event.SyncEvents;
import io.deltasync.remote.Worker;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lanes that nobody takes, where a run waits a second only. Restarted they are by a
 * process that has more patience, since a worker needs time to begin.
 */
@EachDatabase(TestDatabase.H2)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnattendedLanesIT extends ScriptedRuns {

	UnattendedLanesIT() {
		super("scriptedSource", "deltasync.remote.timeout=1s");
	}

	@Override
	public boolean isRemote() {
		return true;
	}

	@BeforeEach
	@AfterEach
	void noWorkers() {
		this.worker.stopWorkers();
	}

	private SyncEvent restartWithWorkers(SyncEvent event) throws Exception {
		ConfigurableApplicationContext patient = this.worker.start(this.script, "--deltasync.remote.timeout=1m");
		patient.getBean(JobOperator.class).restart(execution(event));
		return this.events.find(event.id()).orElseThrow();
	}

	private int openLanes() {
		return this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT COUNT(*) FROM SYNC_LANE", Integer.class);
	}

	@Test
	void lanesThatNoWorkerTakesAbortTheRunWhichCanBeRestarted() throws Exception {
		scopes(20, 5);
		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "no worker", "3 lanes", "deltasync.lanes",
				this.worker.broker().url(), "Start workers", "restart event " + event.id());
		SyncEvent restarted = restartWithWorkers(event);
		assertThat(restarted.success()).as(restarted.toString()).isTrue();
		assertThat(restarted.id()).isEqualTo(event.id());
		assertThat(this.script.target).hasSize(100);
		assertThat(openLanes()).isZero();
		await(() -> messages() == 0);
	}

	@Test
	void anUnavailableBrokerAbortsTheRun() throws Exception {
		scopes(20, 5);
		this.worker.broker().close();
		SyncEvent event = run();
		this.worker.startBroker();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("Link 'people'", "cannot be sent to workers",
				this.worker.broker().url(), "Start the broker");
		assertThat(openLanes()).isZero();
		assertThat(restartWithWorkers(event).success()).isTrue();
	}

	@Test
	void aWorkerThatIsEndingBeforeItBeganTakesNoLanes() throws Exception {
		scopes(20, 5);
		ConfigurableApplicationContext process = this.worker.startIdle(this.script);
		Worker late = process.getBean(Worker.class);
		process.close();
		late.work();

		SyncEvent event = run();
		assertThat(event.status()).isEqualTo(Status.ABORTED);
		assertThat(event.errors().get(0).message()).contains("no worker");
		assertThat(restartWithWorkers(event).success()).isTrue();
		await(() -> messages() == 0);
	}

	@Test
	void lanesAreLeftToTheWorkersOfTheirOwnInstallation() throws Exception {
		scopes(20, 5);
		String other = TestDatabase.H2.url(TestDatabase.H2.createSchema());
		ConfigurableApplicationContext others = this.worker.start(this.script, "--spring.datasource.url=" + other,
				"--deltasync.remote.timeout=1m");
		assertThat(others.getBean(SyncEvents.class).find(start(others)).orElseThrow().success())
			.as("the others' worker is at work")
			.isTrue();

		SyncEvent alone = run();
		assertThat(alone.status()).as(alone.toString()).isEqualTo(Status.ABORTED);
		assertThat(messages()).as("the others' worker leaves them").isEqualTo(3);
		assertThat(restartWithWorkers(alone).success()).isTrue();
	}

	private static long start(ConfigurableApplicationContext application) throws Exception {
		return application.getBean(JobOperator.class)
			.start(application.getBean(JobRegistry.class).getJob("people"), new JobParameters())
			.getJobInstanceId();
	}

	private long messages() {
		try {
			return this.worker.broker().messages("deltasync.lanes");
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
