package io.deltasync.jdbc.read;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.deltasync.jdbc.dialect.KeyNames;
import org.jspecify.annotations.Nullable;

/**
 * How a Link reads a table.
 *
 * @param connection the name of a connection
 * @param key the columns that tell each row from all others; null: the primary key
 * @param deltaColumn the column that grows whenever a row changes, a time or a number;
 * null: everything is read each time
 * @param overlap how far a delta by time reads back beyond the last bound, because
 * transactions commit later than they stamp; also where the time is a number since 1970;
 * null: 1 minute. It costs repeated deliveries, and never moves the stored window
 * @param overlapNumbers the same for a delta by number, in numbers; null: 1,000, or the
 * overlap by time where that is more
 * @param zone the zone of date and time columns that do not know theirs; null: UTC
 * @param fetchSize how many rows a driver may hold in memory, if it honours that; null:
 * 100, or fewer where the table's columns may hold long values
 */
public record JdbcSourceOptions(String connection, @Nullable List<String> key, @Nullable String deltaColumn,
		@Nullable Duration overlap, @Nullable Long overlapNumbers, @Nullable ZoneId zone, @Nullable Integer fetchSize) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException when one of them makes no sense
	 */
	public JdbcSourceOptions {
		if (connection.isBlank()) {
			throw new IllegalArgumentException("connection is empty; name one of deltasync.connections");
		}
		key = KeyNames.checked(key);
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
		if (fetchSize != null && fetchSize < 1) {
			throw new IllegalArgumentException("fetch-size is %d; give 1 or more".formatted(fetchSize));
		}
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
