package io.deltasync.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The table of a campaign's source, and that of its target, which counts how often each
 * row was written and takes no negative quantity. What is at the target is compared with
 * what is at the source by nothing that DeltaSync consists of.
 */
final class People {

	/** How many there are at first. */
	static final int FIRST = 2000;

	private static final int MORE_EACH_ROUND = 10;

	private People() {
	}

	/**
	 * Creates and fills the source's table.
	 * @param columns the types of its columns
	 */
	static void createSource(JdbcTemplate jdbc, Columns columns) {
		createEmptySource(jdbc, columns);
		insert(jdbc, 0, FIRST, 0);
	}

	private static void createEmptySource(JdbcTemplate jdbc, Columns columns) {
		jdbc.execute(
				("CREATE TABLE PERSON (ID INT NOT NULL UNIQUE, CODE %s NOT NULL UNIQUE, NAME VARCHAR(60) NOT NULL, "
						+ "QUANTITY INT NOT NULL, UPDATED_AT %s NOT NULL DEFAULT CURRENT_TIMESTAMP(6))")
					.formatted(columns.exactText(), columns.time()));
		jdbc.execute("CREATE INDEX PERSON_UPDATED_AT ON PERSON (UPDATED_AT)");
	}

	/**
	 * Creates a source with the rows of another, half of them with another name, all of
	 * them changed for the last time before any run.
	 */
	static void createOtherSource(JdbcTemplate jdbc, Columns columns, List<Object[]> rows) {
		createEmptySource(jdbc, columns);
		jdbc.batchUpdate("INSERT INTO PERSON (ID, CODE, NAME, QUANTITY, UPDATED_AT) VALUES (?, ?, ?, ?, "
				+ "TIMESTAMPADD(HOUR, -1, CURRENT_TIMESTAMP(6)))", rows);
		jdbc.update("UPDATE PERSON SET NAME = CONCAT('elsewhere ', ID) WHERE MOD(ID, 2) = 0");
	}

	/** Returns all rows of a source, but for the times. */
	static List<Object[]> rows(JdbcTemplate source) {
		return source.query("SELECT ID, CODE, NAME, QUANTITY FROM PERSON",
				(row, number) -> new Object[] { row.getInt(1), row.getString(2), row.getString(3), row.getInt(4) });
	}

	static void createTarget(JdbcTemplate jdbc, Columns columns) {
		jdbc.execute(
				("CREATE TABLE CONTACT (ID INT NOT NULL UNIQUE, CODE %s NOT NULL UNIQUE, NAME VARCHAR(60) NOT NULL, "
						+ "QUANTITY INT NOT NULL CHECK (QUANTITY >= 0), UPDATED_AT %s NOT NULL, TIMES INT NOT NULL DEFAULT 1)")
					.formatted(columns.looseText(), columns.time()));
	}

	/** Changes three of four, and adds some. */
	static void change(JdbcTemplate source, int version, Random random) {
		source.update(
				"UPDATE PERSON SET NAME = CONCAT('version ', ?, ' of ', ID), QUANTITY = ?, "
						+ "UPDATED_AT = CURRENT_TIMESTAMP(6) WHERE MOD(ID, 4) <> ?",
				version, random.nextInt(1000), random.nextInt(4));
		int next = count(source, "SELECT MAX(ID) + 1 FROM PERSON");
		insert(source, next, next + MORE_EACH_ROUND, version);
	}

	/** Writes the codes of one in five in the other case. */
	static void changeCase(JdbcTemplate source, int version, Random random) {
		source.update("UPDATE PERSON SET CODE = %s(CODE), UPDATED_AT = CURRENT_TIMESTAMP(6) WHERE MOD(ID, 5) = ?"
			.formatted((version % 2 == 1) ? "UPPER" : "LOWER"), random.nextInt(5));
	}

	/** Deletes some. */
	static void delete(JdbcTemplate source, Random random) {
		source.update("DELETE FROM PERSON WHERE MOD(ID, 400) = ?", random.nextInt(400));
	}

	private static void insert(JdbcTemplate source, int from, int to, int version) {
		source.batchUpdate("INSERT INTO PERSON (ID, CODE, NAME, QUANTITY) VALUES (?, ?, ?, ?)",
				IntStream.range(from, to)
					.mapToObj((id) -> new Object[] { id, "p" + id, "version " + version, id })
					.toList());
	}

	/** Has the target refuse so many of a thousand, at least one. */
	static int poison(JdbcTemplate source, int perMille, Random random) {
		List<Integer> ids = new ArrayList<>(source.queryForList("SELECT ID FROM PERSON", Integer.class));
		Collections.shuffle(ids, random);
		List<Object[]> chosen = ids.subList(0, Math.max(1, ids.size() * perMille / 1000))
			.stream()
			.map((id) -> new Object[] { id })
			.toList();
		source.batchUpdate("UPDATE PERSON SET QUANTITY = -1, UPDATED_AT = CURRENT_TIMESTAMP(6) WHERE ID = ?", chosen);
		return chosen.size();
	}

	static void cure(JdbcTemplate source) {
		source.update("UPDATE PERSON SET QUANTITY = ID, UPDATED_AT = CURRENT_TIMESTAMP(6) WHERE QUANTITY < 0");
	}

	/** Resets the count of deliveries. */
	static void forgetDeliveries(JdbcTemplate target) {
		target.update("UPDATE CONTACT SET TIMES = 0 WHERE TIMES <> 0");
	}

	/**
	 * Lists what is missing at the target, or is not as it is at the source; poison is
	 * not expected there.
	 */
	static List<String> lost(JdbcTemplate source, JdbcTemplate target) {
		Map<Integer, String> there = content(target, "CONTACT");
		Map<Integer, String> lost = new HashMap<>(content(source, "PERSON WHERE QUANTITY >= 0"));
		lost.entrySet().removeIf((row) -> row.getValue().equals(there.get(row.getKey())));
		return lost.entrySet()
			.stream()
			.map((row) -> "%d is '%s', at the target '%s'".formatted(row.getKey(), row.getValue(),
					there.get(row.getKey())))
			.toList();
	}

	private static Map<Integer, String> content(JdbcTemplate jdbc, String table) {
		Map<Integer, String> content = new HashMap<>();
		jdbc.query("SELECT ID, NAME, QUANTITY FROM " + table, (row) -> {
			content.put(row.getInt(1), row.getString(2) + ", " + row.getInt(3));
		});
		return content;
	}

	static int count(JdbcTemplate jdbc, String sql) {
		Integer count = jdbc.queryForObject(sql, Integer.class);
		return (count != null) ? count : 0;
	}

	/**
	 * The types of columns that databases name differently.
	 *
	 * @param exactText of a text of which upper and lower case differ
	 * @param looseText of one of which they do not
	 * @param time of the time of the last change
	 */
	record Columns(String exactText, String looseText, String time) {

	}

}
