package io.deltasync.jdbc.delta;

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
 * Moves the start of the next run back before transactions that are still open, so that
 * their rows are read once they commit. Covers only the transactions that the server
 * shows to the account.
 */
final class LateCommits {

	/** Most transactions end within this number of pauses. */
	private static final int MOST_PAUSES = 14;

	/** Servers may cache their list of transactions for 100 ms. */
	private static final long PAUSE_NANOS = Duration.ofMillis(150).toNanos();

	private final Connection connection;

	private final Table table;

	private final List<String> warnings;

	/**
	 * Creates an instance for one plan.
	 * @param warnings receives a warning when a transaction delays the start
	 */
	LateCommits(Connection connection, Table table, List<String> warnings) {
		this.connection = connection;
		this.table = table;
		this.warnings = warnings;
	}

	/**
	 * Returns a start for a delta by time.
	 * @param last the start of this run; null when everything is read
	 * @param bound the intended start of the next run, which also reads the overlap
	 * before it
	 * @return the bound, or an earlier time; null when no start is certain
	 */
	@Nullable Instant start(@Nullable Instant last, Instant bound, Duration overlap) throws SQLException {
		OpenWrites open = this.table.dialect().clock().openWrites(this.connection, bound.minus(overlap));
		if (open == null) {
			return bound;
		}
		Instant since = open.since();
		boolean fromLast = last != null && (since == null || last.isAfter(since) || !open.certain());
		Instant start = fromLast ? last : since;
		if (start != null && !start.isBefore(bound)) {
			return bound;
		}
		warn(open, "longer than the overlap; the next run reads again from %s on, because its rows may be stamped "
				+ "as early", (start != null) ? start : "the beginning");
		return start;
	}

	/**
	 * Returns a start for a delta by a counter. The numbers that an open transaction has
	 * used are unknown, except that they are above the start of this run.
	 * @param last the start of this run; null when everything is read
	 * @param highest the highest number that is visible
	 * @param now the source's clock, as read after that
	 * @return the highest number, or an earlier one; null when no start is certain
	 */
	@Nullable BigDecimal start(@Nullable BigDecimal last, BigDecimal highest, Instant now) throws SQLException {
		if (last != null && last.compareTo(highest) >= 0) {
			return last;
		}
		OpenWrites open = null;
		for (int pauses = 0; pauses == 0 || (open != null && open.certain() && pauses < MOST_PAUSES); pauses++) {
			LockSupport.parkNanos(PAUSE_NANOS);
			open = this.table.dialect().clock().openWrites(this.connection, now);
		}
		if (open == null) {
			return highest;
		}
		warn(open, "and may have used numbers below the highest; the next run reads again from %s on",
				(last != null) ? last.toPlainString() : "the beginning");
		return last;
	}

	private void warn(OpenWrites open, String consequence, Object start) {
		String since = (open.since() != null) ? " since " + open.since()
				: " (since when, the server does not show to this account)";
		this.warnings.add("A transaction that may have written is open at connection '%s'%s, "
			.formatted(this.table.connection(), since) + consequence.formatted(start));
	}

}
