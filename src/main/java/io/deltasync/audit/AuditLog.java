package io.deltasync.audit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import io.deltasync.schema.Columns;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/**
 * Stores what people did. Takes part in the caller's transaction, so that an action and
 * its entry are committed together. Thread-safe.
 */
public class AuditLog {

	private static final int MAX_TEXT = 2000;

	private static final int MAX_WHO = 200;

	/** How many entries are deleted at a time. */
	private static final int REMOVED = 500;

	private final JdbcTemplate jdbc;

	private final InstantSource clock;

	/**
	 * Creates the log.
	 * @param jdbc the JobRepository's database
	 * @param clock the clock of the entries
	 */
	public AuditLog(JdbcTemplate jdbc, InstantSource clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Stores an entry.
	 * @param who the person
	 * @param action the action
	 * @param link the Link's name, or null
	 * @param event the Sync Event, or null
	 * @param before the state before, without secrets and field values; cut to
	 * {@value #MAX_TEXT} characters; or null
	 * @param after the state after, likewise
	 * @return the number of the entry
	 */
	public long add(String who, String action, @Nullable String link, @Nullable Long event, @Nullable String before,
			@Nullable String after) {
		List<@Nullable Object> values = Arrays.asList(
				LocalDateTime.ofInstant(this.clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC),
				cut(who, MAX_WHO), action, link, event, cut(before, MAX_TEXT), cut(after, MAX_TEXT));
		KeyHolder id = new GeneratedKeyHolder();
		this.jdbc.update((connection) -> {
			PreparedStatement insert = connection.prepareStatement("""
					INSERT INTO SYNC_AUDIT (HAPPENED_AT, WHO, ACTION, LINK, EVENT, STATE_BEFORE, STATE_AFTER)
					VALUES (?, ?, ?, ?, ?, ?, ?)""", new String[] { "id" });
			for (int i = 0; i < values.size(); i++) {
				insert.setObject(i + 1, values.get(i));
			}
			return insert;
		}, id);
		return Objects.requireNonNull(id.getKey()).longValue();
	}

	/**
	 * Changes the state after an action that takes several transactions, in each of them.
	 * @param id the number of the entry
	 * @param after the state to date, as in {@link #add}
	 */
	public void amend(long id, String after) {
		this.jdbc.update("UPDATE SYNC_AUDIT SET STATE_AFTER = ? WHERE ID = ?", cut(after, MAX_TEXT), id);
	}

	/**
	 * Adds the Sync Event that an action has started.
	 * @param id the number of the entry
	 * @param event the event
	 */
	public void nameEvent(long id, long event) {
		this.jdbc.update("UPDATE SYNC_AUDIT SET EVENT = ? WHERE ID = ?", event, id);
	}

	/**
	 * Lists the newest entries.
	 * @param before only entries with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the entries, newest first
	 */
	public List<AuditEntry> newest(long before, int limit) {
		return this.jdbc.query("SELECT * FROM SYNC_AUDIT WHERE ID < ? ORDER BY ID DESC LIMIT ?",
				(row, number) -> entry(row), before, limit);
	}

	/**
	 * Lists the newest entries of a Link.
	 * @param link the Link's name
	 * @param before only entries with lower numbers; {@code Long.MAX_VALUE} for all
	 * @param limit how many at most
	 * @return the entries, newest first
	 */
	public List<AuditEntry> newest(String link, long before, int limit) {
		return !Columns.canHold(link) ? List.of()
				: this.jdbc.query(
						"SELECT * FROM SYNC_AUDIT WHERE LINK = ? AND ID < ? ORDER BY LINK DESC, ID DESC LIMIT ?",
						(row, number) -> entry(row), link, before, limit);
	}

	/**
	 * Deletes some of the oldest entries, or counts them.
	 * @param before the time before which an entry is deleted
	 * @param after only entries with higher numbers
	 * @param dryRun whether nothing must be deleted
	 * @return what was deleted, or would be
	 */
	public Removed removeOldest(Instant before, long after, boolean dryRun) {
		List<AuditEntry> some = this.jdbc.query("SELECT * FROM SYNC_AUDIT WHERE ID > ? ORDER BY ID LIMIT ?",
				(row, number) -> entry(row), after, REMOVED);
		List<AuditEntry> old = some.stream().filter((entry) -> entry.at().isBefore(before)).toList();
		if (old.isEmpty()) {
			return new Removed(0, null);
		}
		long last = old.get(old.size() - 1).id();
		int removed = dryRun ? old.size() : this.jdbc
			.update("DELETE FROM SYNC_AUDIT WHERE ID > ? AND ID <= ? AND HAPPENED_AT < ?", after, last, utc(before));
		return new Removed(removed, (old.size() == REMOVED) ? last : null);
	}

	private static LocalDateTime utc(Instant time) {
		return LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
	}

	private static AuditEntry entry(ResultSet row) throws SQLException {
		Instant at = row.getObject("HAPPENED_AT", LocalDateTime.class).toInstant(ZoneOffset.UTC);
		return new AuditEntry(row.getLong("ID"), at, row.getString("WHO"), row.getString("ACTION"),
				row.getString("LINK"), row.getObject("EVENT", Long.class), row.getString("STATE_BEFORE"),
				row.getString("STATE_AFTER"));
	}

	private static @Nullable String cut(@Nullable String text, int max) {
		return (text != null && text.length() > max) ? text.substring(0, max - 1) + "…" : text;
	}

	/**
	 * What one call has deleted.
	 *
	 * @param entries how many entries
	 * @param last the last of them; null when no more may be old enough
	 */
	public record Removed(int entries, @Nullable Long last) {

	}

}
