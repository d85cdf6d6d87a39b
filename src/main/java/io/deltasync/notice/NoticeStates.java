package io.deltasync.notice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.deltasync.link.notification.NoticeKind;
import io.deltasync.schema.Columns;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The states of Links of which people are notified. Every method takes part in the
 * caller's transaction, and changes of a Link require that the caller has locked it.
 * Thread-safe.
 */
public class NoticeStates {

	private final JdbcClient jdbc;

	/**
	 * Creates the store.
	 * @param jdbc the JobRepository's database
	 */
	public NoticeStates(JdbcTemplate jdbc) {
		this.jdbc = JdbcClient.create(jdbc);
	}

	/**
	 * Finds the states of a Link.
	 * @param link the Link's name
	 * @return its states, told or not; may be empty
	 */
	public Map<NoticeKind, NoticeState> find(String link) {
		Map<NoticeKind, NoticeState> states = new EnumMap<>(NoticeKind.class);
		this.jdbc.sql("SELECT KIND, SINCE, DUE_AT, TOLD FROM SYNC_NOTICE_STATE WHERE LINK = ?")
			.param(link)
			.query((row) -> {
				states.put(NoticeKind.valueOf(row.getString("KIND")),
						new NoticeState(Objects.requireNonNull(Columns.instant(row, "SINCE")),
								Objects.requireNonNull(Columns.instant(row, "DUE_AT")), row.getBoolean("TOLD")));
			});
		return states;
	}

	/**
	 * Stores a state, in place of a former one.
	 * @param link the Link's name
	 * @param kind the kind of the state
	 * @param state the state
	 */
	public void put(String link, NoticeKind kind, NoticeState state) {
		int changed = this.jdbc
			.sql("UPDATE SYNC_NOTICE_STATE SET SINCE = ?, DUE_AT = ?, TOLD = ? WHERE LINK = ? AND KIND = ?")
			.params(Columns.utc(state.since()), Columns.utc(state.dueAt()), state.told(), link, kind.name())
			.update();
		if (changed == 0 && !find(link).containsKey(kind)) {
			this.jdbc.sql("INSERT INTO SYNC_NOTICE_STATE (LINK, KIND, SINCE, DUE_AT, TOLD) VALUES (?, ?, ?, ?, ?)")
				.params(link, kind.name(), Columns.utc(state.since()), Columns.utc(state.dueAt()), state.told())
				.update();
		}
	}

	/**
	 * Deletes a state.
	 * @param link the Link's name
	 * @param kind the kind of the state
	 */
	public void remove(String link, NoticeKind kind) {
		this.jdbc.sql("DELETE FROM SYNC_NOTICE_STATE WHERE LINK = ? AND KIND = ?").params(link, kind.name()).update();
	}

	/**
	 * Lists the Links whose states may change without a run: because their time has come,
	 * or because a person decides about records.
	 * @param now the current time
	 * @return the Links' names; may be empty
	 */
	public List<String> mayChange(Instant now) {
		List<String> links = new ArrayList<>(
				this.jdbc.sql("SELECT LINK FROM SYNC_NOTICE_STATE WHERE TOLD = FALSE AND DUE_AT <= ?")
					.param(Columns.utc(now))
					.query(String.class)
					.list());
		links.addAll(this.jdbc
			.sql("SELECT LINK FROM SYNC_NOTICE_STATE WHERE TOLD = TRUE AND KIND IN ('HOLDING', 'QUARANTINE')")
			.query(String.class)
			.list());
		return links.stream().distinct().toList();
	}

}
