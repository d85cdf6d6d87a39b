package io.deltasync.http.connection;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Spaces the requests of a connection evenly, over all lanes and processes. Times are
 * reserved in blocks, so that a fast connection does not ask the database for each
 * request; those that this process does not use in time are lost. Thread-safe.
 */
final class Pace {

	private static final Pattern LIMIT = Pattern.compile("([1-9]\\d{0,8})\\s*(?:/|per)\\s*(s|min|h|d)");

	private static final Duration BLOCK = Duration.ofMillis(500);

	/** How many lanes, of all processes together, can wait for their turns. */
	private static final int LANES = 200;

	private static final Duration PATIENCE = Duration.ofMinutes(15);

	private final String connection;

	private final Supplier<? extends SharedState> state;

	private final Duration interval;

	private final Duration longest;

	private final ReentrantLock lock = new ReentrantLock();

	/** The next reserved time, by {@link System#nanoTime()}. */
	private long next;

	private int left;

	/**
	 * Creates the pace.
	 * @param limit such as {@code 10/s}
	 * @param longest the longest acceptable wait; extended so that many lanes can take
	 * turns
	 * @throws IllegalArgumentException if the limit is malformed
	 */
	Pace(String connection, Supplier<? extends SharedState> state, String limit, Duration longest) {
		this.connection = connection;
		this.state = state;
		this.interval = interval(limit);
		this.longest = max(longest, (this.interval.compareTo(PATIENCE.dividedBy(LANES)) < 0)
				? this.interval.multipliedBy(LANES) : PATIENCE);
	}

	/**
	 * Returns the time between two requests.
	 * @throws IllegalArgumentException if the limit is malformed
	 */
	static Duration interval(String limit) {
		Matcher matcher = LIMIT.matcher(limit.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"is '%s'; give the number of requests in a second, minute, hour or day, such as 10/s, 600/min, 5000/h or 20000/d"
						.formatted(limit));
		}
		Duration period = switch (matcher.group(2)) {
			case "s" -> Duration.ofSeconds(1);
			case "min" -> Duration.ofMinutes(1);
			case "h" -> Duration.ofHours(1);
			default -> Duration.ofDays(1);
		};
		// rounded up, so that the limit holds
		return period.plusNanos(Long.parseLong(matcher.group(1)) * 1000 - 1)
			.dividedBy(Long.parseLong(matcher.group(1)) * 1000)
			.multipliedBy(1000);
	}

	private static Duration max(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	/**
	 * Waits until a request may be sent.
	 * @return zero; otherwise the wait, which is too long, and nothing may be sent
	 */
	Duration take() throws InterruptedException {
		long slot;
		this.lock.lockInterruptibly();
		try {
			skipMissed();
			if (this.left == 0) {
				Duration wait = reserve();
				if (this.left == 0) {
					return wait;
				}
			}
			slot = this.next;
			this.next += this.interval.toNanos();
			this.left--;
		}
		finally {
			this.lock.unlock();
		}
		long nanos = slot - System.nanoTime();
		if (nanos > 0) {
			Pause.of(Duration.ofNanos(nanos));
		}
		return Duration.ZERO;
	}

	/** Using a time that has passed would send several requests at once. */
	private void skipMissed() {
		long now = System.nanoTime();
		while (this.left > 0 && this.next - now < -this.interval.toNanos()) {
			this.next += this.interval.toNanos();
			this.left--;
		}
	}

	private Duration reserve() {
		int count = (int) Math.max(1, Math.min(BLOCK.dividedBy(this.interval), 10_000));
		SharedState.Slots slots = this.state.get().reserve(this.connection, this.interval, count, this.longest);
		this.next = System.nanoTime() + slots.delay().toNanos();
		this.left = slots.count();
		return slots.delay();
	}

}
