package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.deltasync.jdbc.dialect.Column;
import io.deltasync.jdbc.dialect.Table;
import org.jspecify.annotations.Nullable;

/**
 * Selects the rows of a {@link KeyRange}, in its order, in a form that can use an index
 * on the first column of that order.
 */
final class RangeQuery {

	private final Table table;

	private final List<Column> order;

	private final List<String> conditions = new ArrayList<>();

	private final List<Column> columns = new ArrayList<>();

	private final List<String> values = new ArrayList<>();

	RangeQuery(Table table, KeyRange range) {
		this.table = table;
		this.order = table.columns(range.order(), "key");
		if (range.window() != null) {
			within(range.window());
		}
		if (range.from() != null && range.to() != null) {
			bound(range.from(), range.to());
		}
		if (range.from() != null) {
			this.conditions.add(atLeast(this.order, range.from()));
		}
		if (range.to() != null) {
			this.conditions.add(below(this.order, range.to()));
		}
	}

	private void within(Window window) {
		Column delta = this.table.column(window.column(), "delta-column");
		this.conditions.add(compare(delta, ">=", window.from()));
		if (window.to() != null) {
			this.conditions.add(compare(delta, window.toIncluded() ? "<=" : "<", window.to()));
		}
	}

	/**
	 * Adds redundant bounds on the first column, which optimizers recognise as a range.
	 */
	private void bound(List<String> from, List<String> to) {
		if (this.order.size() > 1) {
			Column first = this.order.get(0);
			if (from.get(0).equals(to.get(0))) {
				this.conditions.add(compare(first, "=", from.get(0)));
			}
			else {
				this.conditions.add(compare(first, ">=", from.get(0)));
				this.conditions.add(compare(first, "<=", to.get(0)));
			}
		}
	}

	/** Returns (a, b) >= (x, y) spelled out, because row values rarely use an index. */
	private String atLeast(List<Column> tail, List<String> from) {
		Column first = tail.get(0);
		if (tail.size() == 1) {
			return compare(first, ">=", from.get(0));
		}
		return "(%s OR (%s AND %s))".formatted(compare(first, ">", from.get(0)), compare(first, "=", from.get(0)),
				atLeast(tail.subList(1, tail.size()), from.subList(1, from.size())));
	}

	private String below(List<Column> tail, List<String> to) {
		Column first = tail.get(0);
		if (tail.size() == 1) {
			return compare(first, "<", to.get(0));
		}
		return "(%s OR (%s AND %s))".formatted(compare(first, "<", to.get(0)), compare(first, "=", to.get(0)),
				below(tail.subList(1, tail.size()), to.subList(1, to.size())));
	}

	private String compare(Column column, String operator, String value) {
		this.columns.add(column);
		this.values.add(value);
		return "%s %s ?".formatted(this.table.dialect().comparing(column), operator);
	}

	String sql(List<String> expressions) {
		String where = this.conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", this.conditions);
		String orderBy = this.order.stream()
			.map(this.table.dialect()::comparing)
			.collect(Collectors.joining(", ", " ORDER BY ", ""));
		return "SELECT %s FROM %s".formatted(String.join(", ", expressions), this.table.quoted()) + where + orderBy;
	}

	/**
	 * Runs the query so that rows arrive one by one; the statement closes with its rows.
	 */
	ResultSet stream(Connection connection, List<String> expressions, int fetchSize) throws SQLException {
		PreparedStatement statement = connection.prepareStatement(sql(expressions), ResultSet.TYPE_FORWARD_ONLY,
				ResultSet.CONCUR_READ_ONLY);
		try {
			statement.closeOnCompletion();
			statement.setMaxRows(0);
			statement.setFetchSize(this.table.dialect().streamingFetchSize(fetchSize));
			bind(statement);
			return statement.executeQuery();
		}
		catch (SQLException | RuntimeException ex) {
			closeAfter(ex, statement);
			throw ex;
		}
	}

	void bind(PreparedStatement statement) throws SQLException {
		for (int i = 0; i < this.values.size(); i++) {
			KeyValue.bind(statement, i + 1, this.columns.get(i), this.values.get(i));
		}
	}

	private static void closeAfter(Exception ex, @Nullable AutoCloseable closeable) {
		try {
			if (closeable != null) {
				closeable.close();
			}
		}
		catch (Exception closing) {
			ex.addSuppressed(closing);
		}
	}

}
