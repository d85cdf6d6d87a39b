package io.deltasync.jdbc;

import java.util.stream.LongStream;

/** Keys one after the other. */
public final class IdRange {

	private IdRange() {
	}

	public static Object[] of(long first, long last) {
		return LongStream.rangeClosed(first, last).boxed().toArray();
	}

}
