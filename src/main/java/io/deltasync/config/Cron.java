package io.deltasync.config;

import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression of six fields, seconds first, that names at least one time.
 */
public final class Cron {

	/** Any time; all that such expressions can name comes within 40 years of it. */
	private static final ZonedDateTime SOME_TIME = ZonedDateTime.parse("2026-01-01T00:00:00Z");

	private final CronExpression expression;

	private Cron(CronExpression expression) {
		this.expression = expression;
	}

	/**
	 * Reads an expression.
	 * @param text six fields, or a macro such as {@code @daily}
	 * @return the expression
	 * @throws IllegalArgumentException when it cannot be read, or names no time at all
	 */
	public static Cron valueOf(String text) {
		if (text.strip().split("\\s+").length == 5) {
			throw new IllegalArgumentException(
					"it has five fields; six are needed, seconds first: '0 %s'".formatted(text.strip()));
		}
		CronExpression expression = CronExpression.parse(text.strip());
		if (expression.next(SOME_TIME) == null) {
			throw new IllegalArgumentException("it names no time at all");
		}
		return new Cron(expression);
	}

	@Nullable ZonedDateTime next(ZonedDateTime after) {
		return this.expression.next(after);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Cron cron && cron.expression.equals(this.expression);
	}

	@Override
	public int hashCode() {
		return this.expression.hashCode();
	}

	@Override
	public String toString() {
		return this.expression.toString();
	}

}
