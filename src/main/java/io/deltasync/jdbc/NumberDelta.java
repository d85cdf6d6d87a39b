package io.deltasync.jdbc;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.LinkContext;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed by a number that grows with each change. The bound of a run is the
 * highest number while planning; it is the next run's cursor.
 */
final class NumberDelta implements Delta {

	private final Table table;

	private final Column column;

	private final long overlap;

	NumberDelta(Table table, Column column, long overlap) {
		this.table = table;
		this.column = column;
		this.overlap = overlap;
	}

	@Override
	public Reading plan(Connection connection, LinkContext context) throws SQLException {
		BigDecimal highest = highest(connection);
		List<String> warnings = new ArrayList<>();
		BigDecimal last = context.isFullRun() ? null : last(context, warnings);
		if (highest == null) {
			return new Reading(null, null, "everything, there is no number yet", warnings);
		}
		if (last == null) {
			return new Reading(null, cursor(highest), "everything, up to now: " + highest.toPlainString(), warnings);
		}
		if (highest.compareTo(last) < 0) {
			warnings.add(("The highest '%s' of %s is %s, below the last run's %s: rows were deleted, or numbers began "
					+ "anew; in the latter case make a full run")
				.formatted(this.column.name(), this.table, highest.toPlainString(), last.toPlainString()));
		}
		BigDecimal bound = highest.max(last);
		String from = last.subtract(BigDecimal.valueOf(this.overlap)).toPlainString();
		return new Reading(new Window(this.column.name(), from, bound.toPlainString(), true), cursor(bound),
				"%s to %s, overlap %d".formatted(from, bound.toPlainString(), this.overlap), warnings);
	}

	private String cursor(BigDecimal value) {
		return DeltaCursor.write(DeltaCursor.NUMBER, this.column, value.toPlainString());
	}

	private @Nullable BigDecimal highest(Connection connection) throws SQLException {
		String sql = "SELECT MAX(%s) FROM %s".formatted(this.table.dialect().quote(this.column.name()),
				this.table.quoted());
		return Rows.<@Nullable BigDecimal>list(connection, sql, List.of(), (row) -> row.getBigDecimal(1)).get(0);
	}

	private @Nullable BigDecimal last(LinkContext context, List<String> warnings) {
		String cursor = context.lastSuccessfulCursor();
		if (cursor == null) {
			if (context.lastSuccessfulSync() != null) {
				warnings.add("There is no cursor of delta column '%s' yet; everything is read, once"
					.formatted(this.column.name()));
			}
			return null;
		}
		String value = DeltaCursor.read(DeltaCursor.NUMBER, this.column, cursor);
		try {
			if (value != null) {
				return new BigDecimal(value);
			}
		}
		catch (NumberFormatException ex) {
			// The warning says all there is to say.
		}
		warnings.add(DeltaCursor.notOfThisColumn(cursor, this.column));
		return null;
	}

}
