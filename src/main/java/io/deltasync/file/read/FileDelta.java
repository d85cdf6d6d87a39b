package io.deltasync.file.read;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Which files a delta run reads.
 *
 * @param by 'modified': those that were changed since the last success, or 'name': those
 * whose path is greater than the greatest that was read, compared as text
 * @param overlap By 'modified': how far a delta run reads back, for files that appear
 * late with an earlier time, and for clocks that differ. Files within it are read again.
 * Default: '10m'
 */
public record FileDelta(By by, @Nullable Duration overlap) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if one of them is out of its range
	 */
	public FileDelta {
		if (overlap != null && overlap.isNegative()) {
			throw new IllegalArgumentException(
					"delta.overlap is %s; give a duration of 0 or more, such as 1m".formatted(overlap));
		}
	}

	@Override
	public Duration overlap() {
		return (this.overlap != null) ? this.overlap : Duration.ofMinutes(10);
	}

	/** How changed files are found. */
	public enum By {

		/** By the time of their last change. */
		MODIFIED,

		/** By their names, which grow. */
		NAME

	}

}
