package io.deltasync.reject;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.reject.Reject.Stage;
import io.deltasync.reject.Reject.State;
import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads waiting rejects by reason and in pages. Each state is read separately, so that
 * the index on Link, state and number gives the order. Thread-safe; every method takes
 * part in the caller's transaction.
 */
public class RejectGroups {

	/** How many rejects of each state are grouped at most: the first ones. */
	public static final int MOST_GROUPED = 10_000;

	private final JdbcClient jdbc;

	/**
	 * Creates the queries.
	 * @param jdbc the JobRepository's database
	 */
	public RejectGroups(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Groups the waiting rejects of a Link. The cost is bounded, however many there are:
	 * of each state, only the first {@value #MOST_GROUPED} are counted.
	 * @param link the Link's name
	 * @param limit how many groups at most
	 * @return the largest groups, largest first
	 */
	public List<RejectGroup> largest(String link, int limit) {
		RejectSelection all = RejectSelection.all(link);
		List<Object> values = new ArrayList<>();
		all.states().forEach((state) -> values.addAll(all.values(state, MOST_GROUPED)));
		values.add(limit);
		String ones = "(SELECT STAGE, MESSAGE, REJECT_ID, FIRST_SEEN FROM SYNC_REJECT WHERE " + all.condition()
				+ all.order() + " LIMIT ?)";
		return this.jdbc
			.sql("""
					SELECT STAGE, MESSAGE, COUNT(*) ONES, MIN(REJECT_ID), MIN(FIRST_SEEN) OLDEST FROM (%s) GROUPED
					GROUP BY STAGE, MESSAGE ORDER BY ONES DESC, STAGE, MESSAGE LIMIT ?"""
				.formatted(String.join(" UNION ALL ", Collections.nCopies(all.states().size(), ones))))
			.params(values)
			.query((row, number) -> new RejectGroup(Stage.valueOf(row.getString(1)), row.getString(2), row.getInt(3),
					row.getLong(4), Objects.requireNonNull(Columns.instant(row, "OLDEST"))))
			.list();
	}

	/**
	 * Counts the waiting rejects of a Link. The cost is bounded, however many there are.
	 * @param link the Link's name
	 * @return how many are in each state, counted up to {@value #MOST_GROUPED}; without
	 * states that have none
	 */
	public Map<State, Integer> waiting(String link) {
		Map<State, Integer> counts = new EnumMap<>(State.class);
		RejectSelection all = RejectSelection.all(link);
		List<Object> values = new ArrayList<>();
		all.states().forEach((state) -> values.addAll(all.values(state, MOST_GROUPED)));
		String ones = "SELECT STATE, COUNT(*) FROM (SELECT STATE FROM SYNC_REJECT WHERE " + all.condition()
				+ " LIMIT ?) ONES GROUP BY STATE";
		this.jdbc.sql(String.join(" UNION ALL ", Collections.nCopies(all.states().size(), ones)))
			.params(values)
			.query((row) -> {
				counts.put(State.valueOf(row.getString(1)), row.getInt(2));
			});
		return counts;
	}

	/**
	 * Counts rejects exactly.
	 * @param selection the rejects
	 * @param last only those up to this number
	 * @return how many wait
	 */
	public long count(RejectSelection selection, long last) {
		return selection.states()
			.stream()
			.mapToLong((state) -> this.jdbc
				.sql("SELECT COUNT(*) FROM " + selection.table() + " WHERE " + selection.condition()
						+ " AND REJECT_ID <= ?")
				.params(selection.values(state, last))
				.query(Long.class)
				.single())
			.sum();
	}

	/**
	 * Finds the number of the newest reject of a Link.
	 * @param link the Link's name
	 * @return the highest number of a waiting reject; 0 if there is none
	 */
	public long last(String link) {
		RejectSelection all = RejectSelection.all(link);
		// read from the end of the index: for a MAX with a condition, H2 would read all
		// rejects of the Link
		String newest = "SELECT REJECT_ID FROM " + all.table() + " WHERE " + all.condition()
				+ " ORDER BY LINK DESC, STATE DESC, REJECT_ID DESC LIMIT 1";
		return all.states()
			.stream()
			.flatMap((state) -> this.jdbc.sql(newest).params(all.values(state)).query(Long.class).optional().stream())
			.mapToLong(Long::longValue)
			.max()
			.orElse(0);
	}

	/**
	 * Lists rejects.
	 * @param selection the rejects
	 * @param after only those with higher numbers
	 * @param last only those up to this number
	 * @param limit how many at most
	 * @return the rejects, by number
	 */
	public List<Reject> find(RejectSelection selection, long after, long last, int limit) {
		return selection.states()
			.stream()
			.flatMap((state) -> this.jdbc
				.sql("SELECT * FROM " + selection.table() + " WHERE " + selection.condition()
						+ " AND REJECT_ID > ? AND REJECT_ID <= ?" + selection.order() + " LIMIT ?")
				.params(selection.values(state, after, last, limit))
				.query(Reject::read)
				.list()
				.stream())
			.sorted(Comparator.comparing(Reject::id))
			.limit(limit)
			.toList();
	}

	/**
	 * Lists the numbers of rejects.
	 * @param selection the rejects
	 * @param after only those with higher numbers
	 * @param last only those up to this number
	 * @param limit how many at most
	 * @return the numbers, in order
	 */
	public List<Long> numbers(RejectSelection selection, long after, long last, int limit) {
		return selection.states()
			.stream()
			.flatMap((state) -> this.jdbc
				.sql("SELECT REJECT_ID FROM " + selection.table() + " WHERE " + selection.condition()
						+ " AND REJECT_ID > ? AND REJECT_ID <= ?" + selection.order() + " LIMIT ?")
				.params(selection.values(state, after, last, limit))
				.query(Long.class)
				.list()
				.stream())
			.sorted()
			.limit(limit)
			.toList();
	}

}
