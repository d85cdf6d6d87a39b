package io.deltasync.schema;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The products that may hold the JobRepository, with the SQL in which they differ. Stores
 * write all other statements so that each product understands them.
 */
public enum Product {

	/** H2. */
	H2("SELECT CURRENT_TIMESTAMP(6)") {
		@Override
		public String upsert(String table, List<String> keys, List<String> others) {
			return "MERGE INTO %s (%s) KEY (%s) VALUES (%s)".formatted(table, columns(keys, others),
					String.join(", ", keys), places(keys.size() + others.size()));
		}
	},

	/** MySQL and MariaDB. The time is read as text, to which no driver applies a zone. */
	MYSQL("SELECT CAST(UTC_TIMESTAMP(6) AS CHAR)") {
		@Override
		public Instant readNow(ResultSet row) throws SQLException {
			return Instant.parse(row.getString(1).replace(' ', 'T') + "Z");
		}

		@Override
		public String upsert(String table, List<String> keys, List<String> others) {
			String insert = "INTO %s (%s) VALUES (%s)".formatted(table, columns(keys, others),
					places(keys.size() + others.size()));
			return others.isEmpty() ? "INSERT IGNORE " + insert
					: "INSERT " + insert + onDuplicate(keys, assignments(others));
		}

		@Override
		public String onDuplicate(List<String> keys, String changes) {
			return " ON DUPLICATE KEY UPDATE " + changes;
		}
	},

	/** PostgreSQL. Its CURRENT_TIMESTAMP is the time at which the transaction began. */
	POSTGRESQL("SELECT CLOCK_TIMESTAMP()") {
		@Override
		public String upsert(String table, List<String> keys, List<String> others) {
			return "INSERT INTO %s (%s) VALUES (%s)".formatted(table, columns(keys, others),
					places(keys.size() + others.size()))
					+ (others.isEmpty() ? keepExisting() : onDuplicate(keys, assignments(others)));
		}

		@Override
		public String onDuplicate(List<String> keys, String changes) {
			return " ON CONFLICT (%s) DO UPDATE SET %s".formatted(String.join(", ", keys),
					changes.replaceAll("\\bVALUES\\((\\w+)\\)", "EXCLUDED.$1"));
		}

		@Override
		public String keepExisting() {
			return " ON CONFLICT DO NOTHING";
		}

		/**
		 * An array, because only this is sure to be read by the physical positions of the
		 * rows.
		 */
		@Override
		public String some(String change, String table, String condition, String limit) {
			return "%s WHERE CTID = ANY(ARRAY(SELECT CTID FROM %s WHERE %s LIMIT %s))".formatted(change, table,
					condition, limit);
		}

		@Override
		public String nullsFirst() {
			return " NULLS FIRST";
		}

		@Override
		public String lockingOrder(String order) {
			return " ORDER BY " + order;
		}
	};

	private final String now;

	Product(String now) {
		this.now = now;
	}

	/**
	 * Asks a database.
	 * @param connection a connection to the JobRepository's database
	 * @return its product
	 * @throws SQLException when it does not answer
	 */
	public static Product of(Connection connection) throws SQLException {
		return switch (connection.getMetaData().getDatabaseProductName()) {
			case "H2" -> H2;
			case "PostgreSQL" -> POSTGRESQL;
			default -> MYSQL;
		};
	}

	/**
	 * Returns a query for the present time by the clock of the server.
	 * @return a query with one row, for {@link #readNow}
	 */
	public String now() {
		return this.now;
	}

	/**
	 * Reads the present time.
	 * @param row the row of {@link #now()}
	 * @return the time
	 * @throws SQLException when it cannot be read
	 */
	public Instant readNow(ResultSet row) throws SQLException {
		return Objects.requireNonNull(row.getObject(1, OffsetDateTime.class)).toInstant();
	}

	/**
	 * Returns a statement that stores a row, in place of the one that has its key.
	 * @param table the table
	 * @param keys the columns of its primary key
	 * @param others the columns that are replaced, whose values follow those of the key;
	 * may be empty
	 * @return the statement, with a place for each column
	 */
	public abstract String upsert(String table, List<String> keys, List<String> others);

	/**
	 * Returns the end of an INSERT that changes the rows that have the same keys instead.
	 * No row may be given twice.
	 * @param keys the columns of the primary key, or of a unique constraint
	 * @param changes the assignments, with {@code VALUES(column)} for what would be
	 * inserted; those that read a column come before the one that changes it
	 * @return the text to append; empty on H2, which throws a DuplicateKeyException
	 */
	public String onDuplicate(List<String> keys, String changes) {
		return "";
	}

	/**
	 * Returns the end of an INSERT that keeps rows with the same keys as they are. A
	 * duplicate would end the transaction on PostgreSQL.
	 * @return the text to append; empty on others, where a DuplicateKeyException is
	 * thrown
	 */
	public String keepExisting() {
		return "";
	}

	/**
	 * Limits how many rows a DELETE or an UPDATE changes.
	 * @param change the statement without a condition, such as {@code DELETE FROM T}
	 * @param table the table that it changes
	 * @param condition the condition
	 * @param limit how many rows: a number or a parameter
	 * @return the statement; which ones of more rows it changes is not defined
	 */
	public String some(String change, String table, String condition, String limit) {
		return "%s WHERE %s LIMIT %s".formatted(change, condition, limit);
	}

	/**
	 * Limits how many rows are deleted.
	 * @param table the table
	 * @param condition the condition
	 * @param limit how many rows: a number or a parameter
	 * @return the statement; which ones of more rows it deletes is not defined
	 */
	public String deleteSome(String table, String condition, String limit) {
		return some("DELETE FROM " + table, table, condition, limit);
	}

	/**
	 * Returns what follows a column of an ORDER BY whose nulls come first.
	 * @return the text to append; empty where they do so anyway
	 */
	public String nullsFirst() {
		return "";
	}

	/**
	 * Returns the ORDER BY of a query that locks the first row it finds by an index.
	 * @param order the columns of the index
	 * @return the text to append; empty where rows come in that order anyway, and where
	 * all of them would be locked to return one
	 */
	public String lockingOrder(String order) {
		return "";
	}

	private static String columns(List<String> keys, List<String> others) {
		return Stream.concat(keys.stream(), others.stream()).collect(Collectors.joining(", "));
	}

	private static String places(int count) {
		return String.join(", ", Collections.nCopies(count, "?"));
	}

	private static String assignments(List<String> columns) {
		return columns.stream()
			.map((column) -> "%1$s = VALUES(%1$s)".formatted(column))
			.collect(Collectors.joining(", "));
	}

}
