package io.deltasync.event.decision;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.deltasync.audit.AuditEntry;
import io.deltasync.audit.AuditLog;
import io.deltasync.event.decision.RejectDecisions.Decision;
import io.deltasync.lease.RetryingTransactions;
import io.deltasync.reject.Reject;
import io.deltasync.reject.Reject.Stage;
import io.deltasync.reject.Reject.State;
import io.deltasync.reject.RejectGroup;
import io.deltasync.reject.RejectGroups;
import io.deltasync.reject.RejectSelection;
import io.deltasync.reject.Rejects;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests {@link RejectDecisions} and {@link RejectGroups}.
 */
@EachDatabase
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectDecisionsIT {

	private static final String LINK = "people";

	private static final Instant NOW = Instant.parse("2026-11-22T08:00:00.123456Z");

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private RejectGroups groups;

	private AuditLog audit;

	private RejectDecisions decisions;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		InstantSource clock = InstantSource.fixed(NOW);
		this.groups = new RejectGroups(this.jdbc);
		this.audit = new AuditLog(this.jdbc, clock);
		this.decisions = new RejectDecisions(new Rejects(this.jdbc), this.groups, this.audit,
				new RetryingTransactions(new JdbcTransactionManager(this.jdbc.getDataSource())), clock);
	}

	@BeforeEach
	void forget() {
		this.jdbc.update("DELETE FROM SYNC_REJECT");
		this.jdbc.update("DELETE FROM SYNC_AUDIT");
	}

	@Test
	void waitingRejectsAreGroupedByStageAndReason() {
		store(3, "OPEN", Stage.TARGET, "too long");
		store(2, "ACKNOWLEDGED", Stage.TARGET, "too long");
		store(4, "OPEN", Stage.MAPPING, "too long");
		store(1, "QUARANTINED", Stage.TARGET, "refused");
		store(9, "DELIVERED", Stage.TARGET, "too long");

		List<RejectGroup> largest = this.groups.largest(LINK, 2);

		assertThat(largest).extracting(RejectGroup::stage).containsExactly(Stage.TARGET, Stage.MAPPING);
		assertThat(largest).extracting(RejectGroup::reason).containsOnly("too long");
		assertThat(largest).extracting(RejectGroup::rejects).containsExactly(5, 4);
		assertThat(largest.get(0).since()).isEqualTo(NOW);
		assertThat(this.groups.largest("other", 2)).isEmpty();
		assertThat(this.groups.waiting(LINK)).containsOnly(Map.entry(State.OPEN, 7), Map.entry(State.ACKNOWLEDGED, 2),
				Map.entry(State.QUARANTINED, 1));
	}

	@Test
	void rejectsOfAllStatesAreReadInPagesByNumber() {
		for (int i = 0; i < 5; i++) {
			store(1, "ACKNOWLEDGED", Stage.TARGET, "too long");
			store(1, "OPEN", Stage.TARGET, "too long");
			store(1, "OPEN", Stage.TARGET, "refused");
		}
		RejectSelection selection = RejectSelection
			.like(this.groups.find(RejectSelection.all(LINK), 0, Long.MAX_VALUE, 1).get(0));

		List<Reject> first = this.groups.find(selection, 0, Long.MAX_VALUE, 4);
		List<Reject> second = this.groups.find(selection, first.get(3).id(), Long.MAX_VALUE, 10);

		assertThat(first).hasSize(4);
		assertThat(second).hasSize(6);
		assertThat(LongStream.concat(ids(first), ids(second)).boxed().toList()).isSorted().doesNotHaveDuplicates();
		assertThat(second).extracting(Reject::message).containsOnly("too long");
	}

	@Test
	void rejectsWithOneReasonAreFoundByTheirIndex() {
		String reason = "wert 'Größe \uD83D\uDE00' zu lang".repeat(60);
		store(300, "OPEN", Stage.TARGET, "refused");
		store(1, "OPEN", Stage.TARGET, reason);
		store(1, "OPEN", Stage.TARGET, reason.toUpperCase(Locale.ROOT));
		store(1, "OPEN", Stage.MAPPING, reason);
		RejectSelection rare = new RejectSelection(LINK, Stage.TARGET, reason, false, false);

		assertThat(this.groups.count(rare, Long.MAX_VALUE)).isOne();
		assertThat(this.groups.find(rare, 0, Long.MAX_VALUE, 10)).singleElement()
			.extracting(Reject::message, Reject::stage)
			.containsExactly(reason, Stage.TARGET);
		assertThat(this.jdbc.queryForList("SELECT COUNT(*) FROM SYNC_REJECT WHERE REASON_ID IS NULL", Integer.class))
			.containsExactly(0);
	}

	@Test
	void manyRejectsAreAcknowledgedAndTheAuditLogCountsThemInOneEntry() {
		int many = 2 * RejectDecisions.ROWS + 1;
		store(many, "OPEN", Stage.TARGET, "too long");
		store(3, "ACKNOWLEDGED", Stage.TARGET, "too long");
		store(2, "OPEN", Stage.TARGET, "refused");
		RejectSelection selection = RejectSelection
			.like(this.groups.find(RejectSelection.all(LINK), 0, Long.MAX_VALUE, 1).get(0));
		long last = this.groups.last(LINK);
		store(4, "OPEN", Stage.TARGET, "too long");

		assertThat(this.decisions.count(Decision.ACKNOWLEDGE, selection, last)).isEqualTo(many);
		assertThat(this.decisions.decide(Decision.ACKNOWLEDGE, selection, last, "mary")).isEqualTo(many);

		assertThat(count("ACKNOWLEDGED")).isEqualTo(many + 3);
		assertThat(count("OPEN")).isEqualTo(2 + 4);
		assertThat(this.audit.newest(Long.MAX_VALUE, 10)).singleElement().satisfies((entry) -> {
			assertThat(entry.who()).isEqualTo("mary");
			assertThat(entry.action()).isEqualTo("acknowledge");
			assertThat(entry.link()).isEqualTo(LINK);
			assertThat(entry.before()).isEqualTo("waiting because of: too long");
			assertThat(entry.after()).isEqualTo("1,001 rejects");
		});
	}

	@Test
	void rejectsAreDiscardedByAPartOfTheirReasonWhateverTheirState() {
		store(1, "OPEN", Stage.TARGET, "column 7 is 100% too long");
		store(1, "QUARANTINED", Stage.MAPPING, "column 8 is 100% too long");
		store(1, "OPEN", Stage.TARGET, "column 8 is 1001 too long");

		assertThat(this.decisions.decide(Decision.DISCARD, RejectSelection.containing(LINK, "is 100% too"),
				Long.MAX_VALUE, "mary"))
			.isEqualTo(2);

		assertThat(count("DISCARDED")).isEqualTo(2);
		assertThat(this.audit.newest(LINK, Long.MAX_VALUE, 10)).extracting(AuditEntry::before, AuditEntry::after)
			.containsExactly(tuple("waiting because of …: is 100% too", "2 rejects"));
	}

	@Test
	void aDecisionAboutNothingIsNotInTheAuditLog() {
		assertThat(this.decisions.decide(Decision.DISCARD, RejectSelection.all(LINK), Long.MAX_VALUE, "mary")).isZero();
		assertThat(this.audit.newest(Long.MAX_VALUE, 10)).isEmpty();
	}

	private static LongStream ids(List<Reject> rejects) {
		return rejects.stream().mapToLong(Reject::id);
	}

	private int count(String state) {
		return this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT WHERE STATE = ?", Integer.class, state);
	}

	private void store(int count, String state, Stage stage, String reason) {
		LocalDateTime now = LocalDateTime.ofInstant(NOW, ZoneOffset.UTC);
		int before = this.jdbc.queryForObject("SELECT COUNT(*) FROM SYNC_REJECT", Integer.class);
		this.jdbc.batchUpdate("""
				INSERT INTO SYNC_REJECT (LINK, RECORD_ID, CONTENT_ID, STATE, OPERATION, STAGE, MESSAGE, ATTEMPTS,
				  FIRST_EVENT, LAST_EVENT, LAST_EXECUTION, ACKNOWLEDGED, FIRST_SEEN, LAST_SEEN)
				VALUES (?, ?, '', ?, 'UPSERT', ?, ?, 1, 1, 1, 1, FALSE, ?, ?)""",
				IntStream.range(0, count)
					.mapToObj((i) -> new Object[] { LINK, "r" + (before + i), state, stage.name(), reason, now, now })
					.toList());
	}

}
