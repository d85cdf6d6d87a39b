package io.deltasync.jdbc.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.dialect.Dialect;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.KeyValue;
import io.deltasync.jdbc.value.RowSink;
import org.jspecify.annotations.Nullable;

/**
 * Selects the rows of a {@link KeyRange}, in its order, in a form that can use an index
 * on the first column of that order.
 */
final class RangeQuery {

	private final Table table;

	private final List<Column> order;

	private final RowCondition condition;

	private final List<String> conditions = new ArrayList<>();

	private final List<Column> columns = new ArrayList<>();

	private final List<String> values = new ArrayList<>();

	RangeQuery(Table table, RowCondition condition, KeyRange range) {
		this.table = table;
		this.condition = condition;
		this.order = table.columns(range.order(), "key");
		if (range.window() != null) {
			within(range.window());
		}
		if (range.single()) {
			equal(range.from());
			return;
		}
		bound(range.from(), range.to());
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

	private void equal(@Nullable List<String> values) {
		for (int i = 0; i < this.order.size(); i++) {
			this.conditions.add(compare(this.order.get(i), "=", Objects.requireNonNull(values).get(i)));
		}
	}

	/**
	 * Adds redundant bounds on the first column, which optimizers recognise as a range.
	 */
	private void bound(@Nullable List<String> from, @Nullable List<String> to) {
		if (this.order.size() == 1) {
			return;
		}
		Column first = this.order.get(0);
		if (from != null && to != null && from.get(0).equals(to.get(0))) {
			this.conditions.add(compare(first, "=", from.get(0)));
			return;
		}
		if (from != null) {
			this.conditions.add(compare(first, ">=", from.get(0)));
		}
		if (to != null) {
			this.conditions.add(compare(first, "<=", to.get(0)));
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
		Dialect dialect = this.table.dialect();
		return "%s %s %s".formatted(dialect.comparing(column), operator, dialect.placeholder(column));
	}

	String sql(List<String> expressions) {
		String where = this.conditions.isEmpty() ? this.condition.where()
				: " WHERE " + String.join(" AND ", this.conditions) + this.condition.and();
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
		RowSink sink = this.table.dialect().sink(statement);
		for (int i = 0; i < this.values.size(); i++) {
			KeyValue.bind(sink, this.columns.get(i), this.values.get(i));
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
