package io.deltasync.run;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

import javax.sql.DataSource;

import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapterForRowPush;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcUtils;

/**
 * The rows of a LOCATOR query, read slice by slice and fed to the adapter. One pass, one
 * thread.
 */
final class LocatorRows implements Iterable<RecordInFlight>, Iterator<RecordInFlight>, AutoCloseable {

	/** The seed's limit of a slice. */
	private static final int MAX_SLICE = 2000;

	private final Connection connection;

	private final PreparedStatement statement;

	private final ResultSet rows;

	private final String[] labels;

	private final SourceAdapterForRowPush adapter;

	private final LinkContext context;

	private Iterator<RecordInFlight> built = List.<RecordInFlight>of().iterator();

	private boolean atEnd;

	LocatorRows(DataSource local, String query, SourceAdapterForRowPush adapter, LinkContext context)
			throws SQLException {
		this.adapter = adapter;
		this.context = context;
		this.connection = local.getConnection();
		try {
			this.statement = this.connection.prepareStatement(query, ResultSet.TYPE_FORWARD_ONLY,
					ResultSet.CONCUR_READ_ONLY);
			// Connector/J streams rows for this value only; it means rows ahead
			// everywhere else
			this.statement.setFetchSize(this.connection.getMetaData().getDriverName().startsWith("MySQL Connector")
					? Integer.MIN_VALUE : MAX_SLICE);
			this.rows = this.statement.executeQuery();
			ResultSetMetaData columns = this.rows.getMetaData();
			this.labels = new String[columns.getColumnCount()];
			for (int i = 0; i < this.labels.length; i++) {
				this.labels[i] = columns.getColumnLabel(i + 1);
			}
		}
		catch (SQLException ex) {
			JdbcUtils.closeConnection(this.connection);
			throw ex;
		}
	}

	@Override
	public Iterator<RecordInFlight> iterator() {
		return this;
	}

	@Override
	public boolean hasNext() {
		while (!this.built.hasNext() && !this.atEnd) {
			this.built = build().iterator();
		}
		return this.built.hasNext();
	}

	@Override
	public RecordInFlight next() {
		if (!hasNext()) {
			throw new NoSuchElementException();
		}
		return this.built.next();
	}

	private List<RecordInFlight> build() {
		try {
			List<Map<String, @Nullable Object>> slice = slice();
			List<RecordInFlight> records = slice.isEmpty() ? List.of() : this.adapter.buildRecords(this.context, slice);
			if (records == null) {
				throw new ScopeException("buildRecords of source adapter %s returned null; return an empty list for "
					.formatted(this.adapter.getClass().getName()) + "rows that are not wanted");
			}
			return records;
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Map<String, @Nullable Object>> slice() throws SQLException {
		int limit = Math.min(this.context.batchSizeLimit(), MAX_SLICE);
		List<Map<String, @Nullable Object>> slice = new ArrayList<>(limit);
		while (slice.size() < limit) {
			if (!this.rows.next()) {
				this.atEnd = true;
				break;
			}
			Map<String, @Nullable Object> row = new LinkedHashMap<>();
			for (int i = 0; i < this.labels.length; i++) {
				row.put(this.labels[i], JdbcUtils.getResultSetValue(this.rows, i + 1));
			}
			slice.add(row);
		}
		return slice;
	}

	@Override
	public void close() {
		JdbcUtils.closeResultSet(this.rows);
		JdbcUtils.closeStatement(this.statement);
		JdbcUtils.closeConnection(this.connection);
	}

}
