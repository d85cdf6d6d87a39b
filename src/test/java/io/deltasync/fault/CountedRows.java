package io.deltasync.fault;

import java.sql.Connection;
import java.util.concurrent.locks.LockSupport;

import org.h2.api.Trigger;

/**
 * Counts, in the last column of a table of H2, how often a row was written, unless the
 * count itself is. Takes its time, so that runs take long enough for something to happen.
 */
public final class CountedRows implements Trigger {

	/** How long a row takes. */
	static final long NANOS = 1_000_000;

	@Override
	public void fire(Connection connection, Object[] before, Object[] after) {
		int count = after.length - 1;
		if (before == null) {
			LockSupport.parkNanos(NANOS);
		}
		else if (before[count].equals(after[count])) {
			LockSupport.parkNanos(NANOS);
			after[count] = (Integer) before[count] + 1;
		}
	}

}
