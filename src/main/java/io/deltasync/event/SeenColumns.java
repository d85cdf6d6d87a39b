package io.deltasync.event;

import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Stores the columns of each Link in up to two rows: those that its last successful run
 * has seen, and those that a run has seen since, if they differ. The latter replace the
 * former only in the transaction that stores the success of that run, so a change is
 * reported by every run until one of them was successful. Thread-safe; every method takes
 * part in the caller's transaction.
 */
public class SeenColumns {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public SeenColumns(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Reads the columns of a Link.
	 * @param link the Link's name
	 * @return what is stored
	 */
	public Stored find(String link) {
		Map<State, String> rows = this.jdbc.sql("SELECT STATE, COLUMN_LIST FROM SYNC_SEEN_COLUMNS WHERE LINK = ?")
			.param(link)
			.query((row, number) -> Map.entry(State.valueOf(row.getString(1)), row.getString(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		String known = rows.get(State.KNOWN);
		return new Stored((known != null) ? JSON.readValue(known, LinkColumns.class) : null,
				rows.containsKey(State.SEEN));
	}

	/**
	 * Stores the columns that a run has seen, in place of what an earlier one has seen.
	 * @param link the Link's name
	 * @param event the Sync Event
	 * @param columns the columns; null if they are those of the last successful run
	 */
	public void see(String link, long event, @Nullable LinkColumns columns) {
		delete(link, State.SEEN);
		if (columns != null) {
			this.jdbc
				.sql("INSERT INTO SYNC_SEEN_COLUMNS (LINK, STATE, JOB_INSTANCE_ID, COLUMN_LIST) VALUES (?, ?, ?, ?)")
				.params(link, State.SEEN.name(), event, JSON.writeValueAsString(columns))
				.update();
		}
	}

	/**
	 * Makes the columns that a run has seen those of the last successful run. Called in
	 * the transaction that stores its success.
	 * @param link the Link's name
	 * @param event the Sync Event
	 */
	public void accept(String link, long event) {
		boolean seen = this.jdbc
			.sql("SELECT LINK FROM SYNC_SEEN_COLUMNS WHERE LINK = ? AND STATE = ? AND JOB_INSTANCE_ID = ?")
			.params(link, State.SEEN.name(), event)
			.query(String.class)
			.optional()
			.isPresent();
		if (seen) {
			delete(link, State.KNOWN);
			this.jdbc.sql("UPDATE SYNC_SEEN_COLUMNS SET STATE = ? WHERE LINK = ? AND STATE = ?")
				.params(State.KNOWN.name(), link, State.SEEN.name())
				.update();
		}
	}

	private void delete(String link, State state) {
		this.jdbc.sql("DELETE FROM SYNC_SEEN_COLUMNS WHERE LINK = ? AND STATE = ?").params(link, state.name()).update();
	}

	/**
	 * The stored columns of a Link.
	 *
	 * @param known those of its last successful run; null if no run has stored any
	 * @param seen whether a run has seen others since
	 */
	public record Stored(@Nullable LinkColumns known, boolean seen) {

	}

	/** The constants are stored by their names. */
	private enum State {

		/** Seen by the last successful run. */
		KNOWN,

		/** Seen by a run that was not successful yet. */
		SEEN

	}

}
