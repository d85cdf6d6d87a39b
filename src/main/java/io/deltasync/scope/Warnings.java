package io.deltasync.scope;

import java.util.List;

import io.deltasync.schema.Columns;
import io.deltasync.schema.Product;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stores the warnings of runs: those of their scopes, and those that belong to no scope.
 * Thread-safe; every method takes part in the caller's transaction. Earlier versions
 * stored the latter with negative ordinals ({@link FormerRows}).
 */
public class Warnings {

	private static final String ADD = "INSERT INTO SYNC_EVENT_WARNING (JOB_INSTANCE_ID, KIND, MESSAGE) VALUES (?, ?, ?)";

	private static final String FIRST = """
			SELECT MESSAGE FROM (
			  (SELECT 0 PART, WARNING_ID PLACE, MESSAGE FROM SYNC_EVENT_WARNING WHERE JOB_INSTANCE_ID = ?
			   ORDER BY WARNING_ID LIMIT ?)
			  UNION ALL
			  (SELECT 1, ORDINAL, MESSAGE FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ? AND ORDINAL >= 0
			   ORDER BY ORDINAL LIMIT ?)) BOTH_KINDS
			ORDER BY PART, PLACE LIMIT ?""";

	private final JdbcTemplate template;

	private final JdbcClient jdbc;

	private final ScopeRows rows;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 * @param product its product
	 */
	public Warnings(JdbcTemplate jdbc, Product product) {
		this.template = jdbc;
		this.jdbc = JdbcClient.create(jdbc);
		this.rows = new ScopeRows(jdbc, product);
	}

	/** Stores the warnings of scopes. */
	void addOfScopes(long event, List<ScopeWarning> warnings) {
		if (!warnings.isEmpty()) {
			this.template.batchUpdate(
					"INSERT INTO SYNC_SCOPE_WARNING (JOB_INSTANCE_ID, ORDINAL, MESSAGE) VALUES (?, ?, ?)",
					warnings.stream()
						.map((warning) -> new Object[] { event, warning.ordinal(),
								Columns.cut(warning.message(), Columns.MESSAGE) })
						.toList());
		}
	}

	/**
	 * Stores warnings that belong to no scope.
	 * @param event the Sync Event
	 * @param warnings the warnings; may be empty
	 */
	public void add(long event, List<String> warnings) {
		if (!warnings.isEmpty()) {
			this.template.batchUpdate(ADD, warnings.stream().map((message) -> row(event, Kind.RUN, message)).toList());
		}
	}

	/**
	 * Stores the warning about records that the source no longer has. Replaces that of an
	 * earlier attempt of the run.
	 * @param event the Sync Event
	 * @param message the warning
	 */
	public void setDeletes(long event, String message) {
		set(event, Kind.DELETES, List.of(message));
	}

	/**
	 * Stores the warnings about changed columns. Replaces those of an earlier attempt of
	 * the run.
	 * @param event the Sync Event
	 * @param messages the warnings; may be empty
	 */
	public void setColumns(long event, List<String> messages) {
		set(event, Kind.COLUMNS, messages);
	}

	/**
	 * Returns the warnings about changed columns.
	 * @param event the Sync Event
	 * @return the warnings; empty if none has changed
	 */
	public List<String> columns(long event) {
		return this.jdbc
			.sql("SELECT MESSAGE FROM SYNC_EVENT_WARNING WHERE JOB_INSTANCE_ID = ? AND KIND = ? ORDER BY WARNING_ID")
			.params(event, Kind.COLUMNS.name())
			.query(String.class)
			.list();
	}

	/** Replaces the warnings of a kind. */
	private void set(long event, Kind kind, List<String> messages) {
		this.jdbc.sql("DELETE FROM SYNC_EVENT_WARNING WHERE JOB_INSTANCE_ID = ? AND KIND = ?")
			.params(event, kind.name())
			.update();
		messages.forEach((message) -> this.jdbc.sql(ADD).params(row(event, kind, message)).update());
	}

	private static Object[] row(long event, Kind kind, String message) {
		return new Object[] { event, kind.name(), Columns.cut(message, Columns.MESSAGE) };
	}

	/**
	 * Deletes the warnings of scopes that are fetched again.
	 * @param event the Sync Event
	 * @param scopes the scopes
	 * @param limit how many warnings at most
	 * @return how many were deleted
	 */
	public int forget(long event, Scopes scopes, int limit) {
		int deleted = this.rows.delete("SYNC_SCOPE_WARNING", event, scopes, limit);
		return (scopes.ordinals() != null) ? deleted
				: deleted + this.rows.deleteAll("SYNC_EVENT_WARNING", event, limit - deleted);
	}

	/**
	 * Lists the warnings of a run.
	 * @param event the Sync Event
	 * @param limit how many at most
	 * @return the first ones: those that belong to no scope, as they were stored, and
	 * then those of scopes, by ordinal
	 */
	public List<String> find(long event, int limit) {
		return this.jdbc.sql(FIRST).params(event, limit, event, limit, limit).query(String.class).list();
	}

	/**
	 * Counts the warnings of a run.
	 * @param event the Sync Event
	 * @return the number of stored warnings
	 */
	public long count(long event) {
		return this.jdbc.sql("""
				SELECT (SELECT COUNT(*) FROM SYNC_EVENT_WARNING WHERE JOB_INSTANCE_ID = ?)
				  + (SELECT COUNT(*) FROM SYNC_SCOPE_WARNING WHERE JOB_INSTANCE_ID = ? AND ORDINAL >= 0)""")
			.params(event, event)
			.query(Long.class)
			.single();
	}

	/** The constants are stored by their names. */
	private enum Kind {

		RUN, DELETES, COLUMNS

	}

}
