package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.SessionSettings;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Determines the variables that a session of MySQL or MariaDB needs so that values are
 * read and written unchanged. Immutable.
 */
final class MySqlSession {

	private static final String WRITING = """
			SELECT @@SESSION.sql_mode,
			@@SESSION.character_set_client = 'utf8mb4' AND @@SESSION.character_set_connection = 'utf8mb4',
			@@SESSION.sql_select_limit = 18446744073709551615 AND @@SESSION.sql_big_selects = 1
			AND @@SESSION.%s = 0""";

	private static final String PADDED_TEXTS = "PAD_CHAR_TO_FULL_LENGTH";

	private final String timeLimit;

	private final SessionSettings reading;

	private final SessionSettings readingInstants;

	/**
	 * Creates the settings of one server.
	 * @param timeLimit the variable that limits the duration of a statement
	 */
	MySqlSession(String timeLimit) {
		this.timeLimit = timeLimit;
		this.reading = reading().settings();
		this.readingInstants = reading().utc().settings();
	}

	/**
	 * Removes the limits that a server, an account or a URL may set: a part of a table
	 * must not be mistaken for the whole, and a long read must not end half-way. Also
	 * removes the mode that pads texts of fixed length, because the spaces are not part
	 * of the value.
	 */
	SessionSettings settingsForReading(boolean instants) {
		return instants ? this.readingInstants : this.reading;
	}

	private SessionVariables reading() {
		return unlimited(new SessionVariables())
			.set("sql_mode", "REPLACE(@@SESSION.sql_mode, '%s', '')".formatted(PADDED_TEXTS))
			.utf8();
	}

	private SessionVariables unlimited(SessionVariables variables) {
		return variables.set("sql_select_limit", "18446744073709551615")
			.set("sql_big_selects", "1")
			.set(this.timeLimit, "0");
	}

	/**
	 * Removes the limits here, too: the row that a record collides with must not be
	 * hidden.
	 */
	@Nullable SessionSettings settingsForWriting(Connection connection, Table table, @Nullable Duration idleLimit)
			throws SQLException {
		SessionVariables variables = new SessionVariables();
		Queries.list(connection, WRITING.formatted(this.timeLimit), List.of(), (row) -> {
			String mode = row.getString(1);
			String needed = neededMode(mode, table);
			if (!needed.equals(mode)) {
				variables.set("sql_mode", "'" + needed + "'");
			}
			if (!row.getBoolean(3)) {
				unlimited(variables);
			}
			return row.getBoolean(2) ? variables : variables.utf8();
		});
		if (table.has(ColumnType.INSTANT)) {
			variables.utc();
		}
		if (idleLimit != null) {
			// restored afterwards, because connections may be idle for long in their pool
			variables.set("wait_timeout",
					"CAST(LEAST(@@SESSION.wait_timeout, %d) AS UNSIGNED)".formatted(idleLimit.toSeconds()));
		}
		return variables.isEmpty() ? null : variables.settings();
	}

	/**
	 * Returns the SQL mode that stores values unchanged. Without a strict mode the server
	 * truncates texts and clips numbers with a warning that nobody sees; with
	 * STRICT_TRANS_TABLES it still does so for all but the first row of a statement if
	 * the table has no transactions. Without NO_AUTO_VALUE_ON_ZERO it generates a number
	 * for 0, and with EMPTY_STRING_IS_NULL it turns empty texts into NULL. Keys are read
	 * back without padding, as at the source.
	 */
	private static String neededMode(String mode, Table table) {
		List<String> modes = new ArrayList<>(List.of(mode.split(",")));
		modes.remove("EMPTY_STRING_IS_NULL");
		modes.remove(PADDED_TEXTS);
		boolean strict = modes.contains("STRICT_ALL_TABLES")
				|| (modes.contains("STRICT_TRANS_TABLES") && table.unsafeEngine() == null);
		if (!strict) {
			modes.add("STRICT_ALL_TABLES");
		}
		if (table.columns().stream().anyMatch(Column::numbered) && !modes.contains("NO_AUTO_VALUE_ON_ZERO")) {
			modes.add("NO_AUTO_VALUE_ON_ZERO");
		}
		modes.remove("");
		return String.join(",", modes);
	}

}
