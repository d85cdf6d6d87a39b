package io.deltasync.jdbc.read;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;

import io.deltasync.jdbc.delta.NumberOverlap;
import io.deltasync.jdbc.dialect.KeyNames;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The options of a Link that reads a table. The descriptions of the components appear in
 * the configuration metadata and in the documentation.
 *
 * @param connection The name of a connection
 * @param key Columns that identify a row, with a unique index. Required for a view.
 * Default: the primary key
 * @param columns Columns to read, among them those of the key and the delta column.
 * Default: all
 * @param deltaColumn A time or a number that grows with each change of a row. Give it an
 * index. Default: none, everything is read each time
 * @param overlap How far a delta by time reads back: more than the longest transaction.
 * Also applies to numbers that are times since 1970 in seconds, milliseconds,
 * microseconds or nanoseconds, which are recognised by their size. Rows within it are
 * delivered again. Default: '1m'
 * @param overlapNumbers The same for a delta by number: more than one transaction, and
 * all that overtake it, can use up. For a counter, 1,000 is a guess: a transaction of
 * 1,800 inserts that commits late is not found completely, unless the server shows open
 * transactions. Default: '1000', or the overlap by time if that is more
 * @param zone The time zone of 'DATETIME' columns, which have none. If the server fills
 * the delta column itself ('DEFAULT CURRENT_TIMESTAMP'), this must be the server's zone,
 * all year; otherwise the run is refused (exit code 4). What triggers and applications
 * write cannot be checked. Default: 'UTC'
 * @param where A condition, in the SQL of the source's database, such as "status <>
 * 'draft'": the Link reads only rows that meet it. Default: none, all rows are read
 * @param deletedWhen A condition for rows that mark themselves as deleted, such as
 * 'deleted_at IS NOT NULL': their rows at the target are deleted, also by delta runs.
 * Default: none
 * @param fetchSize Rows that the driver reads ahead, if it can, 1 or more. Default: 100,
 * or fewer for tables with long columns
 */
@ConfigurationProperties("deltasync.links.*.source")
public record JdbcSourceOptions(String connection, @Nullable List<String> key, @Nullable List<String> columns,
		@Nullable String deltaColumn, @Nullable Duration overlap, @Nullable Long overlapNumbers, @Nullable ZoneId zone,
		@Nullable String where, @Nullable String deletedWhen, @Nullable Integer fetchSize) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public JdbcSourceOptions {
		if (connection.isBlank()) {
			throw new IllegalArgumentException("connection is empty; name one of deltasync.connections");
		}
		key = KeyNames.checked(key);
		if (columns != null) {
			if (columns.isEmpty() || columns.stream().anyMatch(String::isBlank)) {
				throw new IllegalArgumentException("columns is empty; name columns, or leave it out to read all");
			}
			columns = List.copyOf(columns);
		}
		if (deltaColumn != null && deltaColumn.isBlank()) {
			throw new IllegalArgumentException(
					"delta-column is empty; name a column, or leave it out to read everything each time");
		}
		if (overlap != null && overlap.isNegative()) {
			throw new IllegalArgumentException(
					"overlap is %s; give a duration of 0 or more, such as 1m".formatted(overlap));
		}
		if (overlapNumbers != null && overlapNumbers < 0) {
			throw new IllegalArgumentException("overlap-numbers is %d; give 0 or more".formatted(overlapNumbers));
		}
		checkCondition("where", where);
		checkCondition("deleted-when", deletedWhen);
		if (fetchSize != null && fetchSize < 1) {
			throw new IllegalArgumentException("fetch-size is %d; give 1 or more".formatted(fetchSize));
		}
	}

	private static void checkCondition(String option, @Nullable String condition) {
		if (condition != null && condition.isBlank()) {
			throw new IllegalArgumentException("%s is empty; give a condition, or leave it out".formatted(option));
		}
	}

	/** Returns the condition for the rows that are read. */
	RowCondition condition() {
		return new RowCondition("where", Objects.requireNonNullElse(this.where, ""));
	}

	/** Returns the condition for rows that are deleted; null if none is configured. */
	@Nullable RowCondition deletedCondition() {
		return (this.deletedWhen != null) ? new RowCondition("deleted-when", this.deletedWhen) : null;
	}

	@Override
	public Duration overlap() {
		return (this.overlap != null) ? this.overlap : Duration.ofMinutes(1);
	}

	NumberOverlap numberOverlap() {
		return new NumberOverlap(this.overlap, this.overlapNumbers);
	}

	@Override
	public ZoneId zone() {
		return (this.zone != null) ? this.zone : ZoneOffset.UTC;
	}

}
