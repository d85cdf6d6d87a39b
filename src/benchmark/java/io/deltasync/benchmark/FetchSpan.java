package io.deltasync.benchmark;

import java.time.Duration;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From when the first scope began to be fetched until the last one was. Thread-safe.
 */
final class FetchSpan {

	private static final Pattern LINE = Pattern.compile("^fetched for (\\d+) ms$", Pattern.MULTILINE);

	private final long origin = System.nanoTime();

	private final LongAccumulator first = new LongAccumulator(Math::min, Long.MAX_VALUE);

	private final LongAccumulator last = new LongAccumulator(Math::max, 0);

	void begin() {
		this.first.accumulate(System.nanoTime() - this.origin);
	}

	void end() {
		this.last.accumulate(System.nanoTime() - this.origin);
	}

	void print() {
		System.out.printf("fetched for %d ms%n",
				Duration.ofNanos(Math.max(0, this.last.get() - this.first.get())).toMillis());
	}

	static Duration parse(String output) {
		Matcher matcher = LINE.matcher(output);
		if (!matcher.find()) {
			throw new IllegalArgumentException("The program does not say how long it fetched");
		}
		return Duration.ofMillis(Long.parseLong(matcher.group(1)));
	}

}
