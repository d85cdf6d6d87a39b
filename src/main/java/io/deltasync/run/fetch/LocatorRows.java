package io.deltasync.run.fetch;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The rows of a LOCATOR query, read while they are passed to the adapter. Can be iterated
 * once. Confined to one thread.
 */
final class LocatorRows implements Iterable<RecordInFlight>, AutoCloseable {

	/** How many rows a driver reads ahead; few, because they may be large. */
	private static final int ROWS_AHEAD = 10;

	/** More for PostgreSQL's driver, which asks the server for each such number. */
	private static final int ROWS_PER_REQUEST = 50;

	private final LocatorSession session;

	private final PreparedStatement statement;

	private final ResultSet rows;

	private final String[] labels;

	private final RowFeed feed;

	/** Whether closing the result set would read all remaining rows. */
	private final boolean drains;

	private boolean atEnd;

	LocatorRows(DataSource local, String query, SourceAdapterForRowPush adapter, LinkContext context, long sliceBytes)
			throws SQLException {
		this.feed = new RowFeed(adapter, context, this::next, sliceBytes);
		this.session = LocatorSession.open(local);
		try {
			Connection connection = this.session.connection();
			String driver = connection.getMetaData().getDriverName();
			this.drains = driver.startsWith("M");
			this.statement = connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY,
					ResultSet.CONCUR_READ_ONLY);
			this.statement.setMaxRows(0);
			this.statement.setFetchSize(fetchSize(driver));
			this.rows = this.statement.executeQuery();
			ResultSetMetaData columns = this.rows.getMetaData();
			this.labels = new String[columns.getColumnCount()];
			for (int i = 0; i < this.labels.length; i++) {
				this.labels[i] = columns.getColumnLabel(i + 1);
			}
		}
		catch (SQLException | RuntimeException ex) {
			this.session.close();
			throw ex;
		}
	}

	private static int fetchSize(String driver) {
		if (driver.startsWith("MySQL Connector")) {
			// the only value for which it streams rows
			return Integer.MIN_VALUE;
		}
		return driver.startsWith("PostgreSQL") ? ROWS_PER_REQUEST : ROWS_AHEAD;
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		return this.feed;
	}

	private @Nullable Map<String, @Nullable Object> next() throws SQLException {
		if (!this.rows.next()) {
			this.atEnd = true;
			return null;
		}
		Map<String, @Nullable Object> row = new LinkedHashMap<>();
		for (int i = 0; i < this.labels.length; i++) {
			row.put(this.labels[i], JdbcUtils.getResultSetValue(this.rows, i + 1));
		}
		return row;
	}

	@Override
	public void close() {
		if (this.drains && !this.atEnd) {
			this.session.abandon();
		}
		JdbcUtils.closeResultSet(this.rows);
		JdbcUtils.closeStatement(this.statement);
		this.session.close();
	}

}
