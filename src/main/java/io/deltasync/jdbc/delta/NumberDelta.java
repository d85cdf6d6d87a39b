package io.deltasync.jdbc.delta;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.api.LinkContext;
import io.deltasync.jdbc.dialect.Queries;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes by a number that grows with each change. A run reads up to the highest
 * number while planning, which becomes the next cursor. If the numbers are times, the
 * cursor is never ahead of the source's clock: a row with a future time must not hide
 * earlier changes.
 */
public final class NumberDelta implements Delta {

	private final Table table;

	private final Column column;

	private final NumberOverlap overlap;

	/**
	 * Creates the windows of a table. Reads nothing.
	 * @param table the table
	 * @param column its delta column, of a whole or decimal number
	 * @param overlap how far a window begins before the end of the last one
	 */
	public NumberDelta(Table table, Column column, NumberOverlap overlap) {
		this.table = table;
		this.column = column;
		this.overlap = overlap;
	}

	@Override
	public Reading plan(Connection connection, LinkContext context) throws SQLException {
		BigDecimal highest = highest(connection, null);
		List<String> warnings = new ArrayList<>();
		BigDecimal last = context.isFullRun() ? null : last(context, warnings);
		if (highest == null) {
			return new Reading(null, null, "everything, there is no number yet", warnings);
		}
		Instant now = this.table.dialect().clock().now(connection);
		BigDecimal seen = latestSeen(connection, highest, now);
		ClockUnit unit = (seen != null) ? ClockUnit.of(seen, now) : null;
		int later = (unit != null) ? later(connection, highest, unit.at(now.plus(ClockUnit.AHEAD))) : 0;
		if (later == LaterRows.MOST && this.overlap.numbers() != null) {
			// The operator configured a counter, and it has passed the clock.
			unit = null;
		}
		BigDecimal latest = (unit != null) ? floor(unit.at(now)) : highest;
		if (last != null && unit != null && last.compareTo(latest) > 0) {
			warnings.add(("The last run's '%s' of %s is %s, which is ahead of the source's clock, %s; everything is "
					+ "read, once")
				.formatted(this.column.name(), this.table, last.toPlainString(), latest.toPlainString()));
			last = null;
		}
		BigDecimal bound = (last != null) ? highest.max(last) : highest;
		boolean isClock = unit != null && seen != null && unit.isRecent(seen, now);
		BigDecimal next = next(connection, last, bound, new Clock(unit, isClock, now, latest), warnings);
		String cursor = (next != null) ? DeltaCursor.write(DeltaCursor.NUMBER, this.column, next.toPlainString())
				: null;
		if (last == null) {
			return new Reading(null, cursor, "everything, up to now: " + highest.toPlainString(), warnings);
		}
		warn(highest, last, unit, warnings);
		if (unit != null && later > 0) {
			warnings.add(("%s are ahead of the source's clock by '%s' (%s); each run delivers them again until the "
					+ "clock gets there. If '%s' is a counter, set overlap-numbers")
				.formatted(LaterRows.describe(later, this.table), this.column.name(), unit, this.column.name()));
		}
		BigDecimal back = this.overlap.of(unit, isClock);
		String from = last.subtract(back).toPlainString();
		return new Reading(
				new Window(this.column.name(), from, bound.toPlainString(), true), cursor, "%s to %s, overlap %s%s"
					.formatted(from, bound.toPlainString(), back.toPlainString(), (unit != null) ? " " + unit : ""),
				warnings);
	}

	/** Returns the start of the next run; null when no number is certain. */
	private @Nullable BigDecimal next(Connection connection, @Nullable BigDecimal last, BigDecimal bound, Clock clock,
			List<String> warnings) throws SQLException {
		LateCommits lateCommits = new LateCommits(connection, this.table, warnings);
		ClockUnit unit = clock.unit;
		if (unit != null) {
			BigDecimal latest = bound.min(clock.latest);
			Instant start = lateCommits.start((last != null) ? unit.time(last.max(BigDecimal.ZERO)) : null,
					unit.time(latest), unit.span(this.overlap.of(unit, clock.isClock)));
			if (start == null) {
				return null;
			}
			BigDecimal byTime = latest.min(floor(unit.at(start)));
			if (clock.isClock || this.overlap.numbers() != null) {
				return byTime;
			}
			BigDecimal byCount = lateCommits.start(last, byTime, clock.now);
			return (byCount != null) ? byCount.min(byTime) : null;
		}
		return (this.overlap.numbers() == null) ? lateCommits.start(last, bound, clock.now) : bound;
	}

	private void warn(BigDecimal highest, BigDecimal last, @Nullable ClockUnit unit, List<String> warnings) {
		if (highest.compareTo(last) < 0) {
			warnings.add(("The highest '%s' of %s is %s, below the last run's %s: rows were deleted, or the numbers "
					+ "started over; in the latter case start a full run")
				.formatted(this.column.name(), this.table, highest.toPlainString(), last.toPlainString()));
		}
		if (unit == null && this.overlap.time() != null && this.overlap.numbers() == null) {
			warnings.add(("The option overlap is a span of time, but '%s' of %s holds no times: the highest is %s. "
					+ "The overlap is %s numbers; set it by overlap-numbers")
				.formatted(this.column.name(), this.table, highest.toPlainString(),
						this.overlap.of(null, false).toPlainString()));
		}
	}

	/**
	 * Returns the latest number that is not in the future, from which the unit of a clock
	 * is recognised. Returns null when no unit fits, and when the database generates the
	 * numbers.
	 */
	private @Nullable BigDecimal latestSeen(Connection connection, BigDecimal highest, Instant now)
			throws SQLException {
		if (this.column.numbered()) {
			return null;
		}
		BigDecimal seen = highest;
		while (seen != null && ClockUnit.of(seen, now) == null) {
			ClockUnit ahead = ClockUnit.ahead(seen, now);
			seen = (ahead != null) ? highest(connection, ahead.at(now)) : null;
		}
		return seen;
	}

	private int later(Connection connection, BigDecimal highest, BigDecimal limit) throws SQLException {
		return (highest.compareTo(limit) > 0)
				? LaterRows.count(connection, this.table, this.column, floor(limit).toPlainString()) : 0;
	}

	private BigDecimal floor(BigDecimal number) {
		return number.setScale(Math.min(number.scale(), this.column.scale()), RoundingMode.FLOOR);
	}

	/** Returns the highest number, or the highest that is not above a limit. */
	private @Nullable BigDecimal highest(Connection connection, @Nullable BigDecimal limit) throws SQLException {
		String name = this.table.dialect().quote(this.column.name());
		String sql = "SELECT MAX(%s) FROM %s".formatted(name, this.table.quoted());
		if (limit != null) {
			sql += " WHERE %s <= %s".formatted(name, limit.setScale(0, RoundingMode.FLOOR).toPlainString());
		}
		return Queries.<@Nullable BigDecimal>list(connection, sql, List.of(), (row) -> row.getBigDecimal(1)).get(0);
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
			// reported by the warning below
		}
		warnings.add(DeltaCursor.notOfThisColumn(cursor, this.column));
		return null;
	}

	/**
	 * The clock that the numbers are compared with.
	 *
	 * @param unit the unit of the numbers; null when they are not times
	 * @param isClock whether the numbers are certainly times; otherwise they may come
	 * from a counter, and open transactions cannot be related to them by time
	 * @param now the source's clock
	 * @param latest the clock's time in that unit; the highest number without a unit
	 */
	private record Clock(@Nullable ClockUnit unit, boolean isClock, Instant now, BigDecimal latest) {

	}

}
