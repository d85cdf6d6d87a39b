package io.deltasync.jdbc.mysql;

import java.sql.Connection;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.List;

import io.deltasync.jdbc.dialect.Queries;

/**
 * Checks the total size of a row's long values. Servers close the connection on a
 * statement that exceeds their limit, which would look like an outage. Reads the limit
 * when the first long value is added. Confined to one connection and one thread.
 */
final class PacketSizeGuard {

	/** Shorter values are not counted. */
	private static final int LONG = 100_000;

	/** Reserved for the rest of the statement. */
	private static final int MARGIN = 16_000;

	private final Connection connection;

	private long limit = -1;

	private long bytes;

	PacketSizeGuard(Connection connection) {
		this.connection = connection;
	}

	void beginRow() {
		this.bytes = 0;
	}

	/**
	 * Adds a text.
	 * @throws SQLException with a SQL state of class 22, when the row exceeds the limit
	 * of the server
	 */
	void add(String text) throws SQLException {
		if (text.length() >= LONG) {
			add(text.chars().mapToLong(PacketSizeGuard::bytes).sum());
		}
	}

	/** Adds bytes; see {@link #add(String)}. */
	void add(byte[] binary) throws SQLException {
		if (binary.length >= LONG) {
			long bytes = 0;
			for (byte each : binary) {
				bytes += isEscaped((char) each) ? 2 : 1;
			}
			add(bytes);
		}
	}

	private void add(long more) throws SQLException {
		this.bytes += more;
		if (this.limit < 0) {
			this.limit = Queries
				.list(this.connection, "SELECT @@max_allowed_packet", List.of(), (row) -> row.getLong(1))
				.get(0);
		}
		if (this.bytes + MARGIN > this.limit) {
			throw new SQLDataException(("the record takes more than %d bytes, and the server accepts statements of %d "
					+ "(max_allowed_packet); raise the server's limit, or make the record shorter by mapping")
				.formatted(this.bytes, this.limit), "22001");
		}
	}

	/** Counts UTF-8; each half of a surrogate pair counts for two of its four bytes. */
	private static long bytes(int unit) {
		if (unit < 0x80) {
			return isEscaped((char) unit) ? 2 : 1;
		}
		return (unit < 0x800 || Character.isSurrogate((char) unit)) ? 2 : 3;
	}

	private static boolean isEscaped(char unit) {
		return unit == '\'' || unit == '"' || unit == '\\' || unit == 0;
	}

}
