package io.deltasync.run.verify;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import io.deltasync.run.TimedWaits;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many records are compared in a second, so that a verification leaves room
 * for others. Not thread-safe.
 */
final class Pace {

	private final Consumer<Duration> waits;

	private final LongSupplier nanoTime;

	private final @Nullable Double perSecond;

	private long free;

	/**
	 * Creates the pace of a lane.
	 * @param waits waits until the run must end
	 * @param rate how many records all lanes compare in a second; null for no limit
	 * @param lanes how many lanes share the rate
	 */
	Pace(TimedWaits waits, @Nullable Integer rate, int lanes) {
		this(waits::pause, System::nanoTime, rate, lanes);
	}

	Pace(Consumer<Duration> waits, LongSupplier nanoTime, @Nullable Integer rate, int lanes) {
		this.waits = waits;
		this.nanoTime = nanoTime;
		this.free = nanoTime.getAsLong();
		this.perSecond = (rate != null) ? Double.valueOf((double) rate / Math.max(1, lanes)) : null;
	}

	/** Waits until more records may be compared. */
	void await(int records) {
		Double rate = this.perSecond;
		if (rate == null || records == 0) {
			return;
		}
		long now = this.nanoTime.getAsLong();
		if (this.free - now > 0) {
			this.waits.accept(Duration.ofNanos(this.free - now));
		}
		else {
			this.free = now;
		}
		this.free += (long) (TimeUnit.SECONDS.toNanos(1) * (records / rate));
	}

}
