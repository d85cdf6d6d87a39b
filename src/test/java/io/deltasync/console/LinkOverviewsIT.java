package io.deltasync.console;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.deltasync.audit.AuditLog;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.view.RecentRun;
import io.deltasync.lease.Leases;
import io.deltasync.lease.Pauses;
import io.deltasync.link.Links;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.Plan;
import io.deltasync.scope.Plans;
import io.deltasync.scope.Strategy;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.Script;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The list of Links follows what happens to them, in any process.
 */
@EachDatabase
class LinkOverviewsIT extends ScriptedRuns {

	private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");

	private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);

	/** Whether the database fails after the changes were found. */
	private boolean failing;

	private Pauses pauses;

	private AuditLog audit;

	private LinkOverviews overviews;

	LinkOverviewsIT() {
		super("scriptedSource");
	}

	@BeforeEach
	void open() {
		this.clock.set(NOON);
		JdbcTemplate jdbc = this.application.getBean(JdbcTemplate.class);
		this.failing = false;
		this.pauses = new Pauses(jdbc, this.database.product()) {

			@Override
			public Map<String, Pause> all() {
				if (LinkOverviewsIT.this.failing) {
					throw new DataAccessResourceFailureException("the database is away");
				}
				return super.all();
			}

		};
		this.audit = new AuditLog(jdbc, this.clock::get);
		this.overviews = new LinkOverviews(this.application.getBean(Links.class), this.events, jdbc, this.pauses,
				this.application.getBean(Leases.class), this.clock::get,
				() -> Duration.between(NOON, this.clock.get()).toNanos());
	}

	private LinkOverview aSecondLater() {
		this.clock.updateAndGet((now) -> now.plusSeconds(1));
		return this.overviews.all().stream().filter((link) -> link.name().equals(LINK)).findFirst().orElseThrow();
	}

	@Test
	void runsAppearInTheListOnceTheyAreStored() throws Exception {
		assertThat(aSecondLater().state()).isEqualTo(LinkState.NEW);

		scopes(2, 10);
		SyncEvent first = run();
		assertThat(aSecondLater()).returns(LinkState.OK, LinkOverview::state)
			.returns(first.id(), LinkOverview::newestEvent)
			.returns(first.runTimestamp(), LinkOverview::lastSuccess)
			.returns(0, LinkOverview::runsSinceSuccess);

		breaking("1");
		SyncEvent second = run();
		LinkOverview link = aSecondLater();
		assertThat(link).returns(LinkState.HOLDING, LinkOverview::state).returns(1, LinkOverview::runsSinceSuccess);
		assertThat(link.runs()).extracting(RecentRun::event).containsExactly(second.id(), first.id());
		assertThat(link.runs()).extracting(RecentRun::success).containsExactly(false, true);
	}

	@Test
	void versionChangesWithTheOverviews() throws Exception {
		aSecondLater();
		long version = this.overviews.version();
		aSecondLater();
		assertThat(this.overviews.version()).isEqualTo(version);

		run();
		aSecondLater();
		assertThat(this.overviews.version()).isNotEqualTo(version);
	}

	@Test
	void listIsFreshForLessThanAHalfSecond() {
		assertThat(this.overviews.freshFor()).isZero();
		aSecondLater();
		assertThat(this.overviews.freshFor()).isEqualTo(Duration.ofMillis(400));
	}

	@Test
	void restartedRunAppearsOnceWithItsLastEnd() throws Exception {
		scopes(2, 10);
		Script.Fetch fetch = breaking("1");
		SyncEvent event = run();
		assertThat(aSecondLater().state()).isEqualTo(LinkState.HOLDING);

		this.script.fetch = fetch;
		restart(event);

		LinkOverview link = aSecondLater();
		assertThat(link.state()).isEqualTo(LinkState.OK);
		assertThat(link.runs()).extracting(RecentRun::event).containsExactly(event.id());
		assertThat(link.runs().get(0).success()).isTrue();
		assertThat(link.runs().get(0).startedAt()).isEqualTo(event.startedAt());
	}

	@Test
	void decisionsOfPeopleInOtherProcessesAppear() throws Exception {
		scopes(1, 10);
		run();
		assertThat(aSecondLater().pause()).isNull();

		this.pauses.pause(LINK, "jo", this.clock.get());
		assertThat(aSecondLater().pause()).isNull();
		this.audit.add("jo", "pause", LINK, null, null, null);

		assertThat(aSecondLater()).returns(LinkState.PAUSED, LinkOverview::state)
			.returns(new Pauses.Pause("jo", NOON.plusSeconds(1)), LinkOverview::pause);
	}

	@Test
	void linksAreReadAgainOnlyIfSomethingHappened() throws Exception {
		scopes(1, 10);
		run();
		LinkOverview first = aSecondLater();
		assertThat(aSecondLater()).isSameAs(first);

		run();
		assertThat(aSecondLater()).isNotSameAs(first);
	}

	@Test
	void changeIsNotForgottenIfTheDatabaseFailsBeforeTheLinkIsRead() throws Exception {
		scopes(1, 10);
		run();
		assertThat(aSecondLater().state()).isEqualTo(LinkState.OK);
		breaking("0");
		run();
		this.failing = true;
		assertThatExceptionOfType(DataAccessResourceFailureException.class).isThrownBy(this::aSecondLater);

		this.failing = false;
		assertThat(aSecondLater().state()).isEqualTo(LinkState.HOLDING);
	}

	@Test
	void runInProgressIsFollowedUntilItEnds() throws Exception {
		// the first scope has more than a batch, which is delivered before the second one
		scopes(2, 60);
		this.script.poison.add(3);
		CountDownLatch asked = new CountDownLatch(1);
		CountDownLatch answered = new CountDownLatch(1);
		CountDownLatch fetched = new CountDownLatch(1);
		Script.Plan plan = this.script.plan;
		this.script.plan = (source, context) -> {
			asked.countDown();
			answered.await();
			return plan.planFetch(source, context);
		};
		Script.Fetch fetch = this.script.fetch;
		this.script.fetch = (source, context, scope) -> {
			if (scope.equals("1")) {
				fetched.await();
			}
			return fetch.fetchRecords(source, context, scope);
		};
		ExecutorService thread = Executors.newSingleThreadExecutor();
		try {
			Future<SyncEvent> run = thread.submit(() -> run());
			await(() -> aSecondLater().state() == LinkState.RUNNING);
			// the run has read its plan, so what is stored now does not delay it
			assertThat(asked.await(1, TimeUnit.MINUTES)).isTrue();
			Instant until = NOON.plusSeconds(600);
			waitUntil(aSecondLater().newestEvent(), until);
			assertThat(aSecondLater()).returns(LinkState.WAITING, LinkOverview::state)
				.returns(until, LinkOverview::delayedUntil);

			answered.countDown();
			await(() -> aSecondLater().state() == LinkState.RUNNING);
			assertThat(aSecondLater().delayedUntil()).isNull();
			await(() -> aSecondLater().waitingRejects() == 1);
			assertThat(aSecondLater().state()).isEqualTo(LinkState.RUNNING);

			fetched.countDown();
			run.get(1, TimeUnit.MINUTES);
			assertThat(aSecondLater()).returns(LinkState.HOLDING, LinkOverview::state)
				.returns(null, LinkOverview::holder);
		}
		finally {
			answered.countDown();
			fetched.countDown();
			thread.shutdown();
		}
	}

	private void waitUntil(long event, Instant until) {
		Plans plans = this.application.getBean(RunTables.class).plans();
		this.application.getBean(RunTransactions.class)
			.run(() -> plans.save(event,
					new Plan(Strategy.DELAY, false, null, 0, 0, null, 1, until, null, null, List.of())));
	}

	@Test
	void severalLooksWithinASecondReadOnce() throws Exception {
		aSecondLater();
		scopes(1, 10);
		run();

		assertThat(this.overviews.all()).extracting(LinkOverview::state).containsOnly(LinkState.NEW);
	}

	@Test
	void waitingRejectsAreCounted() throws Exception {
		scopes(1, 10);
		Rejects rejects = this.application.getBean(RunTables.class).rejects();
		this.script.poison.add(3);
		run();

		assertThat(rejects.waiting(LINK, 10)).hasSize(1);
		assertThat(aSecondLater().waitingRejects()).isEqualTo(1);
		assertThat(List.of(aSecondLater().state())).containsExactly(LinkState.HOLDING);
	}

}
