package io.deltasync.config;

import java.time.ZonedDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * A cron expression of six fields, seconds first, that matches at least one time.
 */
public final class Cron {

	/**
	 * An arbitrary time. Every expression that ever matches does so within 40 years of
	 * it.
	 */
	private static final ZonedDateTime SOME_TIME = ZonedDateTime.parse("2026-01-01T00:00:00Z");

	private final CronExpression expression;

	private Cron(CronExpression expression) {
		this.expression = expression;
	}

	/**
	 * Parses an expression.
	 * @param text six fields, or a macro such as {@code @daily}
	 * @return the expression
	 * @throws IllegalArgumentException if it is malformed or never matches
	 */
	public static Cron valueOf(String text) {
		if (text.strip().split("\\s+").length == 5) {
			throw new IllegalArgumentException(
					"it has five fields; six are needed, seconds first: '0 %s'".formatted(text.strip()));
		}
		CronExpression expression = CronExpression.parse(text.strip());
		if (expression.next(SOME_TIME) == null) {
			throw new IllegalArgumentException("it never matches a time");
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
