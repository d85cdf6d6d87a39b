package io.deltasync.run.deliver;

import java.net.ConnectException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.deltasync.api.FetchStrategy;
import io.deltasync.event.RunParameters;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.SyncEvent.Status;
import io.deltasync.lease.Lease;
import io.deltasync.lease.Leases;
import io.deltasync.link.Links;
import io.deltasync.run.ActiveRun;
import io.deltasync.run.ActiveRuns;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stop does not wait for the next attempt, however far that is.
 */
@EachDatabase(TestDatabase.H2)
class StoppedRetryIT extends ScriptedRuns {

	StoppedRetryIT() {
		super("scriptedSource", "deltasync.links.people.retry.delay=1h", "deltasync.links.people.retry.max-delay=1h");
	}

	@Test
	void whileItWaitsToPlan() throws Exception {
		this.script.plan = (source, context) -> {
			throw new ConnectException("refused");
		};
		stopped(() -> !this.script.contexts.isEmpty());
	}

	@Test
	void whileItWaitsToFetch() throws Exception {
		scopes(3, 5);
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("2")) {
				throw new ConnectException("refused");
			}
			return fetch.fetchRecords(source, context, scope);
		};

		SyncEvent event = stopped(() -> this.script.fetched.contains("2") && this.script.target.size() == 10);

		this.script.fetch = fetch;
		SyncEvent restarted = restart(event);
		assertThat(restarted.success()).isTrue();
		assertThat(restarted.records().fetched()).isEqualTo(15);
	}

	@Test
	void whileItWaitsToWrite() throws Exception {
		this.script.plan = (source, context) -> FetchStrategy.immediate();
		this.script.fetch = (source, context, scope) -> Script.records(0, 5);
		this.script.targetDown = new IllegalStateException(new ConnectException("refused"));

		SyncEvent event = stopped(() -> !this.script.pushes.isEmpty());

		assertThat(event.records().fetched()).isZero();
	}

	@Test
	void runThatOnlyTriedAnAcknowledgedRecordAgainIsASuccess() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		run();
		acknowledge();
		this.script.poison.clear();
		this.script.plan = (source, context) -> FetchStrategy.noRecords();
		this.script.pushes.clear();
		this.script.targetDown = new IllegalStateException(new ConnectException("refused"));
		CompletableFuture<SyncEvent> run = runAside();
		await(() -> !this.script.pushes.isEmpty());
		this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
		assertThat(run.get(1, TimeUnit.MINUTES).success()).isTrue();
	}

	@Test
	void runThatIsAskedTwiceToStopWithItsProcessGivesItsSlotBack() throws Exception {
		AtomicInteger givenBack = new AtomicInteger();
		scopes(1, 5);
		JobExecution execution = execution(run());
		try (Lease lease = this.application.getBean(Leases.class).acquire(LINK)) {
			ActiveRun run = new ActiveRun(this.application.getBean(Links.class).get(LINK),
					RunParameters.of(execution.getJobParameters()), lease,
					this.application.getBean(RunTransactions.class).now());
			run.onGiveBackSlot(givenBack::incrementAndGet);
			run.requestStop();
			run.requestStop();
			run.giveBackSlot();
		}
		assertThat(givenBack).hasValue(1);
	}

	private SyncEvent stopped(BooleanSupplier waiting) throws Exception {
		CompletableFuture<SyncEvent> run = CompletableFuture.supplyAsync(() -> {
			try {
				return run();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		await(waiting);
		this.application.getBean(ActiveRuns.class).find(LINK).orElseThrow().requestStop();
		SyncEvent event = run.get(1, TimeUnit.MINUTES);
		assertThat(event.status()).isEqualTo(Status.STOPPED);
		return event;
	}

}
