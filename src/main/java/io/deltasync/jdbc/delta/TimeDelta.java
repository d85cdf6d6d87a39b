package io.deltasync.jdbc.delta;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.deltasync.api.LinkContext;
import io.deltasync.jdbc.dialect.Table;
import io.deltasync.jdbc.value.Column;
import io.deltasync.jdbc.value.ColumnType;
import io.deltasync.jdbc.value.Fractions;
import org.jspecify.annotations.Nullable;

/**
 * Finds changes by the timestamps of rows. The bound of a run is the source's clock, read
 * while planning, in the column's precision; it becomes the next cursor.
 */
public final class TimeDelta implements Delta {

	private static final String ZONE_MARK = "@";

	private final Table table;

	private final Column column;

	private final Duration overlap;

	private final ZoneId zone;

	/**
	 * Creates the windows of a table. Reads nothing.
	 * @param table the table
	 * @param column its delta column, of a date or a time
	 * @param overlap how far a window begins before the end of the last one
	 * @param zone the zone of values without one
	 */
	public TimeDelta(Table table, Column column, Duration overlap, ZoneId zone) {
		this.table = table;
		this.column = column;
		this.overlap = overlap;
		this.zone = zone;
	}

	@Override
	public Reading plan(Connection connection, LinkContext context) throws SQLException {
		Instant bound = floor(this.table.dialect().clock().now(connection));
		List<String> warnings = new ArrayList<>();
		Instant last = context.isFullRun() ? null : last(context, warnings);
		// After the bound and before the first read, so that rows committed in between
		// are read.
		Instant next = new LateCommits(connection, this.table, warnings).start(last, bound, this.overlap);
		String cursor = (next != null) ? DeltaCursor.write(DeltaCursor.TIME, this.column, floor(next) + zoneMark())
				: null;
		if (last == null) {
			return new Reading(null, cursor, "everything, up to now: " + bound, warnings);
		}
		if (bound.isBefore(last)) {
			warnings.add(("The clock of connection '%s' stands at %s, before the last run's %s; rows are read from "
					+ "there on")
				.formatted(this.table.connection(), bound, last));
			last = bound;
		}
		warnOfLaterRows(connection, bound, warnings);
		Instant from = floor(last.minus(this.overlap));
		return new Reading(window(from, bound), cursor,
				"%s to %s, overlap %s".formatted(from, bound, this.overlap.toString().substring(2)), warnings);
	}

	private void warnOfLaterRows(Connection connection, Instant bound, List<String> warnings) throws SQLException {
		Instant limit = floor(bound.plus(ClockUnit.AHEAD));
		String to = Objects.requireNonNull(window(limit, limit).to());
		int later = LaterRows.count(connection, this.table, this.column, to);
		if (later > 0) {
			warnings.add(("%s are ahead of the source's clock by '%s' (zone %s); no delta reads them before the clock "
					+ "gets there, only a full run does")
				.formatted(LaterRows.describe(later, this.table), this.column.name(), this.zone));
		}
	}

	private @Nullable Instant last(LinkContext context, List<String> warnings) {
		String cursor = context.lastSuccessfulCursor();
		if (cursor == null) {
			if (context.lastSuccessfulSync() != null) {
				warnings.add(("There is no cursor of delta column '%s' yet; reads the changes since the last "
						+ "successful sync, by DeltaSync's clock: %s")
					.formatted(this.column.name(), context.lastSuccessfulSync()));
			}
			return context.lastSuccessfulSync();
		}
		String value = DeltaCursor.read(DeltaCursor.TIME, this.column, cursor);
		try {
			if (value != null) {
				int mark = value.indexOf(ZONE_MARK);
				Instant last = Instant.parse((mark < 0) ? value : value.substring(0, mark));
				if (zoneMark().equals((mark < 0) ? "" : value.substring(mark))) {
					return last;
				}
				warnings
					.add(("'%s' is read in the zone %s, and was read in %s by the last run: what it left out may be "
							+ "past now; everything is read, once")
						.formatted(this.column.name(), this.zone, (mark < 0) ? "Z" : value.substring(mark + 1)));
				return null;
			}
		}
		catch (DateTimeParseException ex) {
			// reported by the warning below
		}
		warnings.add(DeltaCursor.notOfThisColumn(cursor, this.column));
		return null;
	}

	/** Returns the zone in which the column's times are read; empty for UTC. */
	private String zoneMark() {
		boolean zoneless = this.column.type() == ColumnType.DATE || this.column.type() == ColumnType.LOCAL_DATE_TIME;
		ZoneId normal = this.zone.normalized();
		return (zoneless && !normal.equals(ZoneOffset.UTC)) ? ZONE_MARK + normal.getId() : "";
	}

	/** Rounds down to the precision with which the column is compared. */
	Instant floor(Instant instant) {
		if (this.column.type() == ColumnType.DATE) {
			return LocalDate.ofInstant(instant, this.zone).atStartOfDay(this.zone).toInstant();
		}
		return Fractions.truncate(instant, this.table.dialect().comparedDigits(this.column));
	}

	Window window(Instant from, Instant to) {
		LocalTimes local = new LocalTimes(this.zone);
		LocalDateTime localFrom = local.earliestFrom(from);
		LocalDateTime localTo = local.latestBefore(to);
		return switch (this.column.type()) {
			// Includes the current day, because its changes would arrive a day late
			// otherwise.
			case DATE -> window(localFrom.toLocalDate(), localTo.toLocalDate(), true);
			case LOCAL_DATE_TIME -> window(localFrom, localTo, false);
			case OFFSET_DATE_TIME -> window(from.atOffset(ZoneOffset.UTC), to.atOffset(ZoneOffset.UTC), false);
			default -> window(from, to, false);
		};
	}

	private Window window(Object from, Object to, boolean toIncluded) {
		return new Window(this.column.name(), from.toString(), to.toString(), toIncluded);
	}

}
