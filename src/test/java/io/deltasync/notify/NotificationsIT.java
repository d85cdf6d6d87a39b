package io.deltasync.notify;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.deltasync.event.SyncEvent;
import io.deltasync.event.view.Json;
import io.deltasync.lease.DatabaseClock;
import io.deltasync.lease.Leases;
import io.deltasync.link.Links;
import io.deltasync.notice.ChannelFigures;
import io.deltasync.notice.NoticeStates;
import io.deltasync.notice.Outbox;
import io.deltasync.notice.QueuedNotice;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Rejects;
import io.deltasync.run.RunTables;
import io.deltasync.run.RunTransactions;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What people are told of a Link, when, and how often.
 */
@EachDatabase
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class NotificationsIT extends ScriptedRuns {

	private static final String CHANNEL = "ops";

	private static final Receiver RECEIVER = new Receiver();

	private final AtomicReference<Duration> ahead = new AtomicReference<>();

	private TransactionTemplate transaction;

	private Outbox outbox;

	private Rejects rejects;

	NotificationsIT() {
		super("scriptedSource", "deltasync.notifications.channels.ops.webhook-url=" + RECEIVER.url("/hook"),
				"deltasync.notifications.channels.ops.secret=a secret that nobody guesses",
				"deltasync.notifications.stale-after=1d", "deltasync.notifications.holding-after=1h",
				"deltasync.links.people.quarantine-after=3", "deltasync.links.people.notifications.stale-after=2h");
	}

	@AfterAll
	static void close() {
		RECEIVER.close();
	}

	@BeforeEach
	void find() {
		this.transaction = this.application.getBean(RunTransactions.class).template();
		this.outbox = this.application.getBean(Outbox.class);
		this.rejects = this.application.getBean(RunTables.class).rejects();
		this.ahead.set(Duration.ZERO);
		RECEIVER.requests().clear();
	}

	private void passes(Duration time) {
		this.ahead.updateAndGet((before) -> before.plus(time));
	}

	private Instant now() {
		return this.application.getBean(DatabaseClock.class).instant().plus(this.ahead.get());
	}

	/** Checks the states of Links as a serving process does. */
	private void check() {
		NoticeStates states = this.application.getBean(NoticeStates.class);
		Links links = this.application.getBean(Links.class);
		LinkNotices notices = new LinkNotices(links, this.events, this.rejects,
				this.application.getBean(RunTables.class).warnings(), states, this.outbox,
				this.application.getBean(Leases.class), this::now);
		new Notifier(links, states, notices, sender(this.application, Runnable::run), new Pings(), this.outbox,
				this.transaction, this::now, () -> true)
			.check();
	}

	private NoticeSender sender(ApplicationContext process, Executor threads) {
		return new NoticeSender(process.getBean(Outbox.class), process.getBean(Channels.class),
				process.getBean(RunTransactions.class).template(), this::now, Duration.ofDays(3), threads);
	}

	private void send() {
		sender(this.application, Runnable::run).send();
	}

	/** Returns the types of the stored messages, oldest first. */
	private List<String> written() {
		return this.application.getBean(JdbcTemplate.class)
			.queryForList("SELECT BODY FROM SYNC_NOTICE ORDER BY ID", String.class)
			.stream()
			.map((body) -> Json.mapper().readTree(body).path("type").asString())
			.toList();
	}

	private List<String> received() {
		return RECEIVER.requests()
			.stream()
			.map((request) -> Json.mapper().readTree(request.body()).path("type").asString())
			.toList();
	}

	private SyncEvent runFailing() throws Exception {
		this.script.targetDown = new IllegalStateException("the warehouse is closed");
		SyncEvent failed = run();
		this.script.targetDown = null;
		assertThat(failed.success()).isFalse();
		return failed;
	}

	@Test
	void failureAndRecoveryAreToldOnceEach() throws Exception {
		scopes(1, 5);
		assertThat(run().success()).isTrue();
		assertThat(written()).isEmpty();
		SyncEvent failed = runFailing();
		runFailing();
		assertThat(run().success()).isTrue();
		run();
		assertThat(written()).containsExactly("link.failed", "link.recovered");

		send();

		assertThat(received()).containsExactly("link.failed", "link.recovered");
		JsonNode data = Json.mapper().readTree(RECEIVER.requests().get(0).body()).path("data");
		assertThat(data.path("link").asString()).isEqualTo(LINK);
		assertThat(data.path("state").asString()).isEqualTo("failed");
		assertThat(data.path("phase").asString()).isEqualTo("begin");
		assertThat(data.path("event").asLong()).isEqualTo(failed.id());
		assertThat(data.path("command").asString()).isEqualTo("event " + failed.id());
		assertThat(data.path("message").asString()).startsWith("Link 'people' failed: event " + failed.id());
	}

	@Test
	void testingRunsAndReplaysDecideNothing() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		runTesting();
		assertThat(written()).isEmpty();
		SyncEvent failed = run();
		this.script.poison.clear();
		assertThat(replay(failed).success()).isTrue();
		assertThat(written()).containsExactly("link.failed");
	}

	@Test
	void crashIsToldWhenItIsFound() throws Exception {
		scopes(1, 5);
		kill(run());
		run();
		assertThat(written()).containsExactly("link.failed", "link.recovered");
	}

	@Test
	void messageIsNotWrittenUnlessTheEndOfTheRunIsStored() throws Exception {
		scopes(1, 5);
		runFailing();
		this.application.getBean(JdbcTemplate.class).update("DELETE FROM SYNC_NOTICE");
		this.application.getBean(JdbcTemplate.class).update("DELETE FROM SYNC_NOTICE_STATE");

		this.transaction.executeWithoutResult((status) -> {
			this.application.getBean(LinkNotices.class).update(LINK);
			status.setRollbackOnly();
		});
		assertThat(written()).isEmpty();

		this.application.getBean(LinkNotices.class).update(LINK, this.transaction);
		assertThat(written()).containsExactly("link.failed");
	}

	@Test
	void refusedMessageIsSentAgainWithTheSameIdAndInOrder() throws Exception {
		scopes(1, 5);
		runFailing();
		run();
		RECEIVER.answers(500);
		send();
		send();
		assertThat(received()).as("the second message waits for the first").containsExactly("link.failed");
		assertThat(this.outbox.figures()).singleElement().satisfies((figures) -> {
			assertThat(figures.channel()).isEqualTo(CHANNEL);
			assertThat(figures.pending()).isEqualTo(2);
			assertThat(figures.failing()).isEqualTo(1);
			assertThat(figures.problem()).endsWith("answered 500").doesNotContain("hook");
		});

		passes(Duration.ofMinutes(1));
		send();

		assertThat(received()).containsExactly("link.failed", "link.failed", "link.recovered");
		assertThat(RECEIVER.requests().get(1).id()).isEqualTo(RECEIVER.requests().get(0).id());
		assertThat(RECEIVER.requests().get(1).timestamp()).isNotEqualTo(RECEIVER.requests().get(0).timestamp());
		assertThat(RECEIVER.requests().get(2).id()).isNotEqualTo(RECEIVER.requests().get(0).id());
		assertThat(this.outbox.figures()).isEmpty();
	}

	@Test
	void messageOfAProcessThatDiedWhileSendingIsSentByAnother() throws Exception {
		scopes(1, 5);
		runFailing();
		Instant now = now();
		claim(now, now.plus(Duration.ofMinutes(2)));

		send();
		assertThat(received()).as("it may still be sending").isEmpty();
		passes(Duration.ofMinutes(3));
		send();
		assertThat(received()).containsExactly("link.failed");
	}

	private QueuedNotice claim(Instant now, Instant until) {
		Optional<QueuedNotice> claimed = this.transaction.execute((status) -> this.outbox.claim(CHANNEL, now, until));
		return claimed.orElseThrow();
	}

	@Test
	void lateFailureOfASuspendedProcessChangesNothing() throws Exception {
		scopes(1, 5);
		runFailing();
		Instant now = now();
		QueuedNotice late = claim(now, now);
		claim(now, now);

		this.transaction.executeWithoutResult(
				(status) -> this.outbox.failed(late, now.plus(Duration.ofDays(1)), "the process was suspended"));

		assertThat(this.outbox.figures()).extracting(ChannelFigures::failing).containsExactly(0L);
	}

	@Test
	void twoProcessesSendEachMessageOnce() throws Exception {
		for (int i = 0; i < 40; i++) {
			int number = i;
			this.transaction.executeWithoutResult(
					(status) -> this.outbox.add("link " + number, CHANNEL, "{\"type\":\"test\"}", now()));
		}
		ExecutorService threads = Executors.newCachedThreadPool();
		try (ConfigurableApplicationContext other = startAnother()) {
			NoticeSender one = sender(this.application, Runnable::run);
			NoticeSender two = sender(other, Runnable::run);

			CompletableFuture
				.allOf(CompletableFuture.runAsync(one::send, threads), CompletableFuture.runAsync(two::send, threads))
				.join();
			one.send();
		}
		finally {
			threads.shutdown();
		}

		Set<String> ids = RECEIVER.requests().stream().map(Receiver.Request::id).collect(Collectors.toSet());
		assertThat(ids).hasSize(40);
		assertThat(RECEIVER.requests()).hasSize(40);
	}

	@Test
	void messageThatCannotBeSentForLongIsGivenUp() throws Exception {
		scopes(1, 5);
		runFailing();
		RECEIVER.answers(500);
		send();
		passes(Duration.ofDays(4));

		send();

		assertThat(received()).containsExactly("link.failed");
		assertThat(this.outbox.figures()).singleElement().satisfies((figures) -> {
			assertThat(figures.pending()).isZero();
			assertThat(figures.expired()).isOne();
		});
		assertThat(this.outbox.removeDone(now(), 10, true)).isOne();
		assertThat(this.outbox.removeDone(now(), 10, false)).isOne();
		assertThat(this.outbox.figures()).isEmpty();
	}

	@Test
	void linkWithoutASuccessForTooLongIsStale() throws Exception {
		scopes(1, 5);
		run();
		passes(Duration.ofHours(1));
		check();
		assertThat(written()).isEmpty();

		passes(Duration.ofHours(2));
		check();
		check();
		assertThat(written()).containsExactly("link.stale");

		run();
		assertThat(written()).containsExactly("link.stale", "link.stale.ended");
	}

	@Test
	void linkThatWasNeverRunBecomesStale() throws Exception {
		Notifier notifier = this.application.getBean(Notifier.class);
		notifier.checkAll();
		passes(Duration.ofHours(3));
		check();
		assertThat(written()).containsExactly("link.stale");
		assertThat(this.application.getBean(JdbcTemplate.class)
			.queryForObject("SELECT BODY FROM SYNC_NOTICE", String.class)).contains("has never had a successful run");
	}

	@Test
	void recordsThatHoldTheWindowAreToldAfterAWhileAndWhenAPersonDecided() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		run();
		check();
		assertThat(written()).containsExactly("link.failed");

		passes(Duration.ofMinutes(61));
		check();
		check();
		assertThat(written()).containsExactly("link.failed", "link.holding");

		Reject reject = this.rejects.waiting(LINK, 1).get(0);
		this.transaction.executeWithoutResult((status) -> this.rejects.acknowledge(reject.id(), now()));
		check();
		assertThat(written()).containsExactly("link.failed", "link.holding", "link.holding.ended");
	}

	@Test
	void quarantineIsTold() throws Exception {
		scopes(1, 5);
		this.script.poison.add(3);
		run();
		run();
		run();
		assertThat(written()).contains("link.quarantine").doesNotContain("link.quarantine.ended");
		this.script.poison.clear();
		Reject reject = this.rejects.waiting(LINK, 1).get(0);
		this.transaction.executeWithoutResult((status) -> this.rejects.discard(reject.id()));
		check();
		assertThat(written()).endsWith("link.quarantine.ended");
	}

	@Test
	void damagedDataOfALinkDoesNotFailItsRun() throws Exception {
		scopes(1, 5);
		this.application.getBean(JdbcTemplate.class)
			.update("INSERT INTO SYNC_NOTICE_STATE VALUES (?, 'UNHEARD', ?, ?, FALSE)", LINK,
					LocalDateTime.of(2026, 1, 1, 0, 0), LocalDateTime.of(2026, 1, 1, 0, 0));

		assertThat(run().success()).isTrue();
		assertThat(written()).isEmpty();
	}

}
