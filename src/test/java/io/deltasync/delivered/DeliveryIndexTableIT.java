package io.deltasync.delivered;

import java.util.List;
import java.util.stream.IntStream;

import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered of deliveries.
 */
@EachDatabase({ TestDatabase.H2, TestDatabase.MARIADB, TestDatabase.MYSQL, TestDatabase.POSTGRESQL,
		TestDatabase.POSTGRESQL_OLDEST })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeliveryIndexTableIT {

	private static final String LINK = "people";

	private static final String TARGET = "target";

	private static final MeetingRun SECOND = new MeetingRun(2, 20);

	@Parameter
	private TestDatabase database;

	private JdbcTemplate jdbc;

	private DeliveryIndexTable delivered;

	private MetRecords metRecords;

	@BeforeParameterizedClassInvocation
	void makeTables() {
		this.jdbc = new JdbcTemplate(this.database.dataSource(this.database.createSchema()));
		this.database.makeTables(this.jdbc);
		this.delivered = new DeliveryIndexTable(this.jdbc, this.database.product());
		this.metRecords = new MetRecords(this.jdbc, this.database.product());
	}

	@BeforeEach
	void forget() {
		this.jdbc.update("DELETE FROM SYNC_DELIVERED_ROW");
	}

	@Test
	void lanesThatMeetDifferentRecordsDoNotWaitForEachOther() {
		List<String> even = ids(0);
		List<String> odd = ids(1);
		sideBySide(() -> store(even, 0), () -> store(odd, 0));
		sideBySide(() -> store(even, 1), () -> store(odd, 1));
		sideBySide(() -> this.delivered.invalidate(LINK, even), () -> this.delivered.invalidate(LINK, odd));
		sideBySide(() -> this.delivered.markSeen(LINK, SECOND, even), () -> this.delivered.markSeen(LINK, SECOND, odd));
		sideBySide(() -> this.delivered.deletePlaceholders(LINK, even),
				() -> this.delivered.deletePlaceholders(LINK, odd));
		assertThat(this.delivered.find(LINK, TARGET, even).get(even.get(0))).isEqualTo(new IndexEntry(null, 3));
		sideBySide(() -> this.delivered.remove(LINK, even), () -> this.delivered.remove(LINK, odd));
		assertThat(this.delivered.find(LINK, TARGET, even)).isEmpty();
	}

	@Test
	void contentIsKnownFromADeliveryUntilTheNextBegins() {
		store(List.of("a"), 0);
		assertThat(found("a")).isEqualTo(new IndexEntry("content", 1));
		this.delivered.invalidate(LINK, List.of("a"));
		assertThat(found("a")).isEqualTo(new IndexEntry(null, 2));
		this.delivered.store(LINK, TARGET, new MeetingRun(7, 70),
				List.of(new DeliveredRecord("a", "source of a", "newer", 2, "{}", "{\"id\":2}")));
		assertThat(found("a")).isEqualTo(new IndexEntry("newer", 3));
		assertThat(this.metRecords.unseen(LINK, TARGET, 6, "", 9))
			.containsExactly(new UnseenRecord("a", "{}", "{\"id\":2}"));
		assertThat(this.metRecords.unseen(LINK, TARGET, 7, "", 9)).isEmpty();
	}

	@Test
	void contentIsUnknownWhenTwoLanesDeliveredTheSameRecord() {
		store(List.of("new to both"), 0);
		store(List.of("new to both"), 0);
		assertThat(found("new to both")).isEqualTo(new IndexEntry(null, 2));
		store(List.of("known"), 0);
		this.delivered.invalidate(LINK, List.of("known"));
		this.delivered.invalidate(LINK, List.of("known"));
		store(List.of("known"), 2);
		assertThat(found("known")).isEqualTo(new IndexEntry(null, 4));
		store(List.of("removed meanwhile"), 2);
		assertThat(found("removed meanwhile")).isEqualTo(new IndexEntry(null, 3));
	}

	@Test
	void lateMarkOfAnEarlierRunDoesNotReplaceThatOfALaterRun() {
		store(List.of("a", "b"), 0);
		this.delivered.markSeen(LINK, SECOND, List.of("a", "b"));
		MeetingRun earlier = new MeetingRun(9, 19);
		this.delivered.markSeen(LINK, earlier, List.of("a"));
		this.delivered.store(LINK, TARGET, earlier, List.of(new DeliveredRecord("b", "late", null, 1, "{}", "{}")));
		this.delivered.store(LINK, TARGET, MeetingRun.NONE,
				List.of(new DeliveredRecord("b", "retried", null, 0, "{}", "{}")));
		assertThat(this.metRecords.met(LINK, 2, List.of("a", "b", "c"))).containsExactlyInAnyOrder("a", "b");
		assertThat(this.metRecords.count(LINK, TARGET, 2)).isEqualTo(new DeliveredCounts(2, 0, 0));
	}

	@Test
	void rowsAreFoundByTheRecordsThatWentToThemLast() {
		store(List.of("a", "b"), 0);
		this.delivered.store(LINK, TARGET, SECOND, List.of(new DeliveredRecord("a", "other", null, 1, "{}", "{}")));
		assertThat(this.delivered.rowsOf(LINK, List.of("source of a", "source of b", "other", "none")))
			.containsExactlyInAnyOrder("a", "b");
		assertThat(this.delivered.rowsOf(LINK, List.of("source of a"))).isEmpty();
	}

	private IndexEntry found(String id) {
		return this.delivered.find(LINK, TARGET, List.of(id)).get(id);
	}

	private void sideBySide(Runnable one, Runnable other) {
		TestDatabase.runBeforeCommit(this.jdbc, one, other);
	}

	private void store(List<String> ids, long version) {
		this.delivered.store(LINK, TARGET, new MeetingRun(1, 10),
				ids.stream()
					.map((id) -> new DeliveredRecord(id, "source of " + id, "content", version, "{}", "{}"))
					.toList());
	}

	private static List<String> ids(int first) {
		return IntStream.range(0, 50).mapToObj((number) -> "%04d".formatted(2 * number + first)).toList();
	}

}
