package io.deltasync;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.RowLayout;
import io.deltasync.api.UnreadValue;
import io.deltasync.event.SyncEvent;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values that nobody has read on their way through a filter, into a reject and from there
 * to the target, beside the same values where a filter has read all of them.
 */
@EachDatabase(TestDatabase.MYSQL)
class UnreadRejectsIT extends JdbcLinks {

	private static final List<String> LINKS = List.of("carried", "converted");

	private static final int COLUMNS = 9;

	/** The numbers of values that a filter was given unread, by Link. */
	private static final Map<String, Set<Long>> UNREAD = new ConcurrentHashMap<>();

	@Override
	Class<?> beans() {
		return Filtering.class;
	}

	@BeforeEach
	void makeTables() {
		UNREAD.clear();
		String columns = """
				id INT PRIMARY KEY, whole BIGINT, small TINYINT, part DECIMAL(20,6), name VARCHAR(60), note TEXT, day DATE,
				at DATETIME(6), updated_at DATETIME(6) NOT NULL""";
		this.source.execute("CREATE TABLE item (%s)".formatted(columns));
		for (String link : LINKS) {
			this.target.execute("CREATE TABLE %s (%s, CONSTRAINT no_%1$s CHECK (id > 100))".formatted(link, columns));
			String key = "deltasync.links." + link + ".";
			configure(key + "source.adapter=jdbc", key + "source.connection=crm", key + "source.table=item",
					key + "source.delta-column=updated_at", key + "target.adapter=jdbc",
					key + "target.connection=warehouse", key + "target.table=" + link, key + "batch-size-limit=4",
					key + "filters[0].filter=" + link + "Filter");
		}
	}

	/** The first ones are refused by the target, until its constraints are dropped. */
	private void insert() {
		for (int id = 97; id < 110; id++) {
			this.source.update("INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, '2026-01-01 10:00:00.000001')", id,
					(id % 2 == 0) ? Long.MIN_VALUE : Long.MAX_VALUE, id - 100, (id % 2 == 0) ? "-0.000001" : "1.500000",
					"it's \\ \"" + id + "\" ", (id % 3 == 0) ? null : "a\tb\nc\\N\u0000 " + "'".repeat(id),
					(id % 2 == 0) ? "0001-01-01" : "2024-02-29",
					(id % 2 == 0) ? "2026-11-21 08:00:00.1" : "9999-12-31 23:59:59.999999");
		}
		this.source.update("INSERT INTO item (id, updated_at) VALUES (1, '2026-01-01 10:00:00')");
	}

	private List<Map<String, Object>> rows(JdbcTemplate database, String table) {
		return database.queryForList("""
				SELECT id, whole, small, CAST(part AS CHAR) part, HEX(name) name, HEX(note) note, CAST(day AS CHAR) day,
				CAST(at AS CHAR) at, CAST(updated_at AS CHAR) updated_at FROM %s ORDER BY id""".formatted(table));
	}

	private List<Map<String, Object>> rejects(String link) {
		return this.application.getBean(JdbcTemplate.class)
			.queryForList(
					"""
							SELECT RECORD_ID, CONTENT_ID, STATE, RECORD_KEY, KEY_PROPERTIES, OPERATION, STAGE, PROPERTIES, NOT_RESTORABLE
							FROM SYNC_REJECT WHERE LINK = ? ORDER BY RECORD_ID""",
					link);
	}

	@Test
	void rejectsKeepAndDeliverWhatTheSourceSent() throws Exception {
		insert();
		List<Map<String, Object>> sent = rows(this.source, "item");
		List<Map<String, Object>> accepted = sent.stream().filter((row) -> (int) row.get("id") > 100).toList();
		SyncEvent carried = run("carried", "DELTA");
		SyncEvent converted = run("converted", "DELTA");

		assertThat(List.of(carried, converted)).allSatisfy((event) -> {
			assertThat(event.records().written()).isEqualTo(9);
			assertThat(event.records().failed()).isEqualTo(5);
		});
		assertThat(UNREAD.get("carried")).as("all but the key, and none of NULLs").contains(COLUMNS - 1L, 1L);
		assertThat(UNREAD.get("converted")).as("after they were read").containsExactly(0L);
		assertThat(rows(this.target, "carried")).isEqualTo(rows(this.target, "converted")).isEqualTo(accepted);
		assertThat(rejects("carried")).hasSize(5)
			.isEqualTo(rejects("converted"))
			.allSatisfy((reject) -> assertThat(reject.get("NOT_RESTORABLE")).isNull());

		// only the rejects still know what was sent
		this.source.update("UPDATE item SET whole = 0, part = 0, name = 'changed', note = '', day = NULL, at = NULL");
		for (SyncEvent event : List.of(carried, converted)) {
			this.target.execute("ALTER TABLE %s DROP CHECK no_%1$s".formatted(event.link()));
			assertThat(replay(event).success()).isTrue();
		}

		assertThat(rows(this.target, "carried")).isEqualTo(rows(this.target, "converted")).isEqualTo(sent);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Filtering {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		RecordFilter carriedFilter() {
			return (context, records) -> note("carried", records);
		}

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		RecordFilter convertedFilter() {
			return (context, records) -> {
				records.forEach((record) -> record.properties().forEach((name, value) -> {
				}));
				note("converted", records);
			};
		}

		private static void note(String link, List<RecordInFlight> records) {
			for (RecordInFlight record : records) {
				RowLayout layout = RowLayout.of(record.properties());
				if (layout != null) {
					UNREAD.computeIfAbsent(link, (name) -> ConcurrentHashMap.newKeySet())
						.add(Arrays.asList(layout.values(record.properties()))
							.stream()
							.filter(UnreadValue.class::isInstance)
							.count());
				}
			}
		}

	}

}
