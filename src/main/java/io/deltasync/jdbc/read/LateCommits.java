package io.deltasync.jdbc.read;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import io.deltasync.jdbc.dialect.OpenWrites;
import io.deltasync.jdbc.dialect.Table;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the next run's start behind transactions that are still open: what they have
 * written is read once they commit. Only for what the server tells the account.
 */
final class LateCommits {

	/** Most transactions end in less. */
	private static final int MOST_PAUSES = 14;

	/** MySQL tells a second time what it told in the last 100 ms. */
	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	private final Connection connection;

	private final Table table;

	private final List<String> warnings;

	/**
	 * Gets ready.
	 * @param warnings where a transaction is noted that holds the start back
	 */
	LateCommits(Connection connection, Table table, List<String> warnings) {
		this.connection = connection;
		this.table = table;
		this.warnings = warnings;
	}

	/**
	 * Returns a start for a delta by time.
	 * @param last the start of this run; null when everything is read
	 * @param bound the start of the next run, which reads back from there by the overlap
	 * @return the bound, or an earlier time
	 */
	Instant start(@Nullable Instant last, Instant bound, Duration overlap) throws SQLException {
		OpenWrites open = this.table.dialect().openWrites(this.connection, bound.minus(overlap));
		if (open == null) {
			return bound;
		}
		boolean fromLast = last != null && (last.isAfter(open.since()) || !open.certain());
		Instant start = (fromLast && last != null) ? last : open.since();
		if (!start.isBefore(bound)) {
			return bound;
		}
		warn(open, "longer than the overlap; the next run reads again from %s on, because its rows may be stamped "
				+ "as early", start);
		return start;
	}

	/**
	 * Returns a start for a delta by a counter: nobody knows which numbers an open
	 * transaction has used, except that it has used none that an earlier run was sure of.
	 * @param last the start of this run; null when everything is read
	 * @param highest the highest number that could be read
	 * @param now the source's clock, as read after that
	 * @return the highest number, or an earlier one; null when no start is certain
	 */
	@Nullable BigDecimal start(@Nullable BigDecimal last, BigDecimal highest, Instant now) throws SQLException {
		if (last != null && last.compareTo(highest) >= 0) {
			return last;
		}
		OpenWrites open = null;
		for (int pauses = 0; pauses == 0 || (open != null && pauses < MOST_PAUSES); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			open = this.table.dialect().openWrites(this.connection, now);
		}
		if (open == null) {
			return highest;
		}
		warn(open, "and may have used numbers below the highest; the next run reads again from %s on",
				(last != null) ? last.toPlainString() : "the beginning");
		return last;
	}

	private void warn(OpenWrites open, String consequence, Object start) {
		this.warnings.add("A transaction that may have written is open at connection '%s' since %s, "
			.formatted(this.table.connection(), open.since()) + consequence.formatted(start));
	}

}
