package io.deltasync.run;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

import io.deltasync.event.Mode;
import io.deltasync.event.SyncEvent;
import io.deltasync.event.retention.Prune;
import io.deltasync.inbox.Inbox;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.inbox.InboxFullException;
import io.deltasync.inbox.InboxLimits;
import io.deltasync.inbox.NewPush;
import io.deltasync.inbox.PushedBody;
import io.deltasync.inbox.StoredPush;
import io.deltasync.inbox.WaitingPushes;
import io.deltasync.link.Retention;
import io.deltasync.reject.Reject;
import io.deltasync.scope.RecordCounts;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.ScriptedRuns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Requests that were pushed to a Link are delivered by its runs, in their order, until
 * each is delivered.
 */
@EachDatabase
class PushedRunsIT extends ScriptedRuns {

	private static final InboxLimits LIMITS = new InboxLimits(1000, 1_000_000);

	private Inbox inbox;

	private RunTransactions transactions;

	private JdbcTemplate jdbc;

	PushedRunsIT() {
		super("push", "deltasync.links.people.source.key=id", "deltasync.links.people.mask=secret");
	}

	@BeforeEach
	void find() {
		this.jdbc = this.application.getBean(JdbcTemplate.class);
		this.inbox = new Inbox(this.jdbc, this.database.product());
		this.transactions = this.application.getBean(RunTransactions.class);
	}

	private StoredPush push(String json) {
		return push(UUID.randomUUID().toString(), json, LIMITS);
	}

	private StoredPush push(String key, String json, InboxLimits limits) {
		NewPush push = new NewPush(key, "%064d".formatted(json.hashCode() & 0xffff), "application/json",
				json.getBytes(StandardCharsets.UTF_8), 1);
		return this.transactions.call(() -> this.inbox.accept(LINK, push, limits, this.transactions.clock().instant()));
	}

	private static String person(int id, String name) {
		return "{\"id\":%d,\"name\":\"%s\"}".formatted(id, name);
	}

	private StoredPush stored(StoredPush push) {
		return this.inbox.find(LINK, push.id()).orElseThrow();
	}

	private Object name(long id) {
		return this.script.target.get(id).get("name");
	}

	@Test
	void aRunDeliversWhatWaitsInItsOrder() throws Exception {
		StoredPush first = push("[" + person(1, "Ann") + "," + person(2, "Ben") + "]");
		StoredPush second = push(person(1, "Anne"));

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records()).isEqualTo(new RecordCounts(3, 3, 0, 0, 0, 0, 0, 0));
		assertThat(event.scopes().done()).isEqualTo(2);
		assertThat(event.cursorAfter()).isEqualTo("2");
		assertThat(name(1)).isEqualTo("Anne");
		assertThat(List.of(stored(first), stored(second)))
			.allSatisfy((push) -> assertThat(push.state()).isEqualTo(StoredPush.State.DELIVERED))
			.allSatisfy((push) -> assertThat(push.event()).isEqualTo(event.id()));
		assertThat(this.inbox.waiting(LINK)).isEmpty();
		assertThat(run().strategy()).isEqualTo("NO_RECORDS");
	}

	@Test
	void manyRequestsAreDeliveredInTheirOrder() throws Exception {
		IntStream.range(0, 120).forEach((i) -> push(person(i % 3, "version " + i)));

		SyncEvent event = run();

		assertThat(event.records().written()).isEqualTo(120);
		assertThat(name(0)).isEqualTo("version 117");
		assertThat(name(1)).isEqualTo("version 118");
		assertThat(name(2)).isEqualTo("version 119");
	}

	@Test
	void aRecordThatCannotBeDeliveredKeepsNothingWaiting() throws Exception {
		this.script.poison.add(1L);
		StoredPush first = push("[" + person(1, "Ann") + "," + person(2, "Ben") + "]");
		push(person(3, "Cat"));

		SyncEvent event = run();

		assertThat(event.success()).isFalse();
		assertThat(event.records()).isEqualTo(new RecordCounts(3, 2, 0, 1, 0, 0, 0, 0));
		assertThat(this.inbox.waiting(LINK)).isEmpty();
		assertThat(stored(first).state()).isEqualTo(StoredPush.State.DELIVERED);
		assertThat(rejects(Reject.State.QUARANTINED)).isEqualTo(1);
		push(person(4, "Dan"));
		assertThat(run().success()).isTrue();
		assertThat(rejects(Reject.State.QUARANTINED)).as("it is not gone: it will not be pushed again").isEqualTo(1);

		this.script.poison.clear();
		this.jdbc.update("UPDATE SYNC_REJECT SET NEXT_TRY = LAST_SEEN");
		run();

		assertThat(name(1)).isEqualTo("Ann");
		assertThat(rejects(Reject.State.DELIVERED)).isEqualTo(1);
	}

	@Test
	void aRecordThatCannotBeStoredKeepsItsRequestWaiting() throws Exception {
		this.script.poison.add(1L);
		StoredPush first = push(person(3, "Cat"));
		StoredPush second = push("{\"id\":1,\"secret\":\"x\",\"name\":\"Ann\"}");
		push(person(2, "Ben"));

		assertThat(run().success()).isFalse();
		assertThat(rejects(Reject.State.OPEN)).isEqualTo(1);
		assertThat(stored(first).state()).isEqualTo(StoredPush.State.DELIVERED);
		assertThat(stored(second).state()).isEqualTo(StoredPush.State.WAITING);
		assertThat(this.inbox.waiting(LINK)).get().extracting(WaitingPushes::requests).isEqualTo(2L);
		this.script.poison.clear();

		SyncEvent event = run();

		assertThat(event.success()).isTrue();
		assertThat(event.records().written()).isEqualTo(2);
		assertThat(name(1)).isEqualTo("Ann");
		assertThat(this.inbox.waiting(LINK)).isEmpty();
	}

	@Test
	void aNewerVersionReplacesTheOneThatWaits() throws Exception {
		this.script.poison.add(1L);
		push(person(1, "Ann"));
		run();
		this.script.poison.clear();
		push(person(1, "Anne"));

		run();
		this.jdbc.update("UPDATE SYNC_REJECT SET NEXT_TRY = LAST_SEEN");
		run();

		assertThat(name(1)).isEqualTo("Anne");
	}

	@Test
	void whatAnAbortedRunHasNotDeliveredIsDeliveredByTheNext() throws Exception {
		push(person(1, "Ann"));
		push(person(2, "Ben"));
		this.script.targetDown = new io.deltasync.api.TargetUnavailableException("down", null);

		SyncEvent aborted = run();

		assertThat(aborted.status()).isEqualTo(SyncEvent.Status.ABORTED);
		assertThat(this.inbox.waiting(LINK)).get().extracting(WaitingPushes::requests).isEqualTo(2L);
		this.script.targetDown = null;
		push(person(1, "Anne"));
		assertThat(run().success()).isTrue();
		assertThat(name(1)).isEqualTo("Anne");
		assertThat(name(2)).isEqualTo("Ben");
		assertThat(this.inbox.waiting(LINK)).isEmpty();
	}

	@Test
	void aRestartDeliversTheRest() throws Exception {
		IntStream.rangeClosed(1, 3).forEach((id) -> push(person(id, "name")));
		this.script.targetDown = new io.deltasync.api.TargetUnavailableException("down", null);
		SyncEvent aborted = run();
		this.script.targetDown = null;

		SyncEvent restarted = restart(aborted);

		assertThat(restarted.success()).isTrue();
		assertThat(restarted.records().written()).isEqualTo(3);
		assertThat(this.inbox.waiting(LINK)).isEmpty();
	}

	@Test
	void aTestingRunDeliversNothing() throws Exception {
		StoredPush push = push(person(1, "Ann"));

		SyncEvent event = runTesting();

		assertThat(event.records().fetched()).isOne();
		assertThat(stored(push).state()).isEqualTo(StoredPush.State.WAITING);
		assertThat(run().records().written()).isOne();
	}

	@Test
	void aFullRunIsRefused() {
		push(person(1, "Ann"));

		assertThatThrownBy(() -> run(Mode.FULL.name())).hasMessageContaining("Link 'people'")
			.hasMessageContaining("pushed")
			.hasMessageContaining("run people");
	}

	@Test
	void aDiscardedRequestIsNotDelivered() throws Exception {
		StoredPush first = push(person(1, "Ann"));
		StoredPush second = push(person(2, "Ben"));

		assertThat(this.transactions
			.<Long>call(() -> this.inbox.discard(LINK, first.id(), first.id(), this.transactions.clock().instant())))
			.isOne();
		run();

		assertThat(this.script.target).containsOnlyKeys(2L);
		assertThat(stored(first).state()).isEqualTo(StoredPush.State.DISCARDED);
		assertThat(stored(second).state()).isEqualTo(StoredPush.State.DELIVERED);
		assertThat(this.inbox.waiting(LINK)).isEmpty();
		assertThat(this.jdbc.queryForObject("SELECT WAITING_BYTES FROM SYNC_INBOX", Long.class)).isZero();
	}

	@Test
	void discardedRequestsAtTheStartDoNotWait() throws Exception {
		push(person(1, "Ann"));
		push(person(2, "Ben"));
		StoredPush third = push(person(3, "Cat"));
		push(person(4, "Dan"));
		assertThat(discard(third.id(), third.id())).isOne();
		assertThat(this.inbox.waiting(LINK, 0, 10)).extracting(StoredPush::id).containsExactly(1L, 2L, 4L);
		assertThat(this.inbox.waiting(LINK).orElseThrow().requests()).as("those up to the last").isEqualTo(4);

		assertThat(this.inbox.countWaiting(LINK, 1, 3)).isEqualTo(2);
		assertThat(discard(1, 3)).isEqualTo(2);

		assertThat(this.inbox.waiting(LINK).orElseThrow().requests()).isOne();
		assertThat(this.inbox.waiting(LINK).orElseThrow().bytes()).isEqualTo(person(4, "Dan").length());
		assertThat(discard(1, 3)).isZero();
		assertThat(run().success()).isTrue();
		assertThat(this.script.target).containsOnlyKeys(4L);

		push(person(5, "Eve"));
		assertThat(discard(1, 99)).isOne();
		assertThat(this.inbox.waiting(LINK)).isEmpty();
		assertThat(run().strategy()).isEqualTo("NO_RECORDS");
		assertThat(this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_PUSH_BODY WHERE PUSH_ID <> 4", Long.class))
			.isZero();
	}

	private long discard(long first, long last) {
		return this.transactions
			.<Long>call(() -> this.inbox.discard(LINK, first, last, this.transactions.clock().instant()));
	}

	@Test
	void aRunReadsNoRequestWhileAPersonDiscardsIt() throws Exception {
		StoredPush push = push(person(1, "Ann"));
		InboxDelivery delivery = new InboxDelivery(this.jdbc);

		CompletableFuture<Optional<PushedBody>> read = this.transactions.call(() -> {
			this.inbox.holdDelivery(LINK);
			CompletableFuture<Optional<PushedBody>> reading = CompletableFuture
				.supplyAsync(() -> this.transactions.call(() -> delivery.body(LINK, push.id())));
			assertThatThrownBy(() -> reading.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
			this.inbox.discard(LINK, push.id(), push.id(), this.transactions.clock().instant());
			return reading;
		});

		assertThat(read.get()).isEmpty();
	}

	@Test
	void aKeyIsStoredOnce() {
		StoredPush first = push("key", person(1, "Ann"), LIMITS);

		assertThat(push("key", person(1, "Ann"), LIMITS)).isEqualTo(first);
		assertThat(push("key", person(2, "Ben"), LIMITS).digest()).isEqualTo(first.digest());
		assertThat(push("KEY", person(1, "Ann"), LIMITS).id()).isNotEqualTo(first.id());
	}

	@Test
	void requestsAtTheSameTimeAreAllStored() {
		List<CompletableFuture<StoredPush>> pushes = IntStream.range(0, 24)
			.mapToObj((i) -> CompletableFuture.supplyAsync(() -> push("key " + i / 2, person(i / 2, "name"), LIMITS)))
			.toList();

		assertThat(pushes.stream().map(CompletableFuture::join).map(StoredPush::id).distinct().sorted())
			.containsExactlyElementsOf(IntStream.rangeClosed(1, 12).mapToObj(Long::valueOf).toList());
	}

	@Test
	void tooManyAreRefused() throws Exception {
		InboxLimits two = new InboxLimits(2, 1_000_000);
		push("1", person(1, "Ann"), two);
		push("2", person(2, "Ben"), two);

		assertThatExceptionOfType(InboxFullException.class).isThrownBy(() -> push("3", person(3, "Cat"), two))
			.withMessageContaining("Link 'people': 2 requests wait")
			.withMessageContaining("max-waiting-requests");
		assertThat(push("2", person(2, "Ben"), two).id()).as("it is stored already").isEqualTo(2);
		run();
		assertThat(push("3", person(3, "Cat"), two).id()).isEqualTo(3);
		assertThatExceptionOfType(InboxFullException.class)
			.isThrownBy(() -> push("4", person(4, "Dan"), new InboxLimits(2, 30)))
			.withMessageContaining("max-waiting-size");
	}

	@Test
	void deliveredRequestsAreRemovedAfterTheRetention() throws Exception {
		StoredPush delivered = push("delivered", person(1, "Ann"), LIMITS);
		run();
		StoredPush waiting = push(person(2, "Ben"));
		Instant now = Instant.now().plus(Duration.ofDays(10));
		Prune prune = new Prune(this.jdbc, this.database.product(), this.transactions.template(), this.events,
				() -> now);
		Duration week = Duration.ofDays(7);

		Retention kept = new Retention(week, week, week, Duration.ofDays(30));
		assertThat(prune.prune(List.of(), kept, false).pushes()).isZero();
		Retention retention = new Retention(week, week, week, week);
		assertThat(prune.prune(List.of(), retention, true).pushes()).isOne();
		assertThat(prune.prune(List.of(), retention, false).pushes()).isOne();

		assertThat(this.inbox.find(LINK, delivered.id())).isEmpty();
		assertThat(stored(waiting).state()).isEqualTo(StoredPush.State.WAITING);
		assertThat(push("delivered", person(1, "Ann"), LIMITS).id()).as("its key was forgotten").isEqualTo(3);
		assertThat(run().records().written()).isEqualTo(2);
	}

	private int rejects(Reject.State state) {
		return this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE = ?", Integer.class,
				state.name());
	}

}
