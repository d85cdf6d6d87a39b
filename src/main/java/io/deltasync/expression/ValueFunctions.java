package io.deltasync.expression;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

import dev.cel.common.types.TypeParamType;
import io.deltasync.expression.Function.Arguments;

/**
 * The functions for numbers, times and values of any type. There is none that returns
 * another result at another time, since records are computed again when they are verified
 * or delivered again.
 */
final class ValueFunctions {

	private static final TypeParamType SAME = TypeParamType.create("T");

	private final ZoneId zone;

	/**
	 * Creates the functions.
	 * @param zone the zone of the dates and clock times of moments
	 */
	ValueFunctions(ZoneId zone) {
		this.zone = zone;
	}

	List<Function> all() {
		return List.of(
				Function.global("default", SAME, (call) -> call.isNull(0) ? call.any(1) : call.any(0), SAME, SAME),
				Function.global("text", Types.TEXT, (call) -> call.isNull(0) ? null : text(call), Types.ANY),
				Function.global("number", Types.NUMBER, (call) -> call.isNull(0) ? null : number(call), Types.ANY),
				Function.global("date", Types.DATE, (call) -> call.isNull(0) ? null : date(call), Types.ANY),
				Function.global("timestamp", Types.TIMESTAMP, (call) -> call.isNull(0) ? null : timestamp(call),
						Types.ANY),
				Function.on("round", Types.NUMBER, (call) -> call.number(0).rounded(call.whole(1)), Types.NUMBER,
						Types.NUMBER),
				Function.on("parseDate", Types.DATE, (call) -> parsedDate(call), Types.TEXT, Types.TEXT),
				Function.on("format", Types.TEXT, this::formatted, Types.ANY, Types.TEXT),
				Function.on("plusDays", SAME, (call) -> plus(call, ChronoUnit.DAYS), SAME, Types.NUMBER),
				Function.on("plusMonths", SAME, (call) -> plus(call, ChronoUnit.MONTHS), SAME, Types.NUMBER),
				Function.on("plusSeconds", SAME, (call) -> plus(call, ChronoUnit.SECONDS), SAME, Types.NUMBER),
				Function.on("daysUntil", Types.NUMBER,
						(call) -> Decimal.of(ChronoUnit.DAYS.between(dateOf(call, 0), dateOf(call, 1))), Types.ANY,
						Types.ANY),
				Function.on("year", Types.NUMBER, (call) -> Decimal.of(dateOf(call, 0).getYear()), Types.ANY),
				Function.on("month", Types.NUMBER, (call) -> Decimal.of(dateOf(call, 0).getMonthValue()), Types.ANY),
				Function.on("day", Types.NUMBER, (call) -> Decimal.of(dateOf(call, 0).getDayOfMonth()), Types.ANY));
	}

	private static String text(Arguments call) {
		Object value = call.any(0);
		if (value instanceof String || value instanceof Decimal || value instanceof Boolean
				|| value instanceof TemporalAccessor) {
			return value.toString();
		}
		throw mistake(call, "a single value");
	}

	private static Decimal number(Arguments call) {
		Object value = call.any(0);
		if (value instanceof String text) {
			if (text.length() > 1000) {
				throw new ExpressionException("number() takes a text of up to 1,000 characters");
			}
			try {
				return new Decimal(new BigDecimal(text.strip()));
			}
			catch (NumberFormatException ex) {
				throw new ExpressionException("number() takes a text such as 12.50, and this is another one");
			}
		}
		return call.number(0);
	}

	private LocalDate date(Arguments call) {
		if (call.any(0) instanceof String text) {
			return timed("date() takes a text such as 2026-01-31, and this is another one",
					() -> LocalDate.parse(text.strip()));
		}
		return dateOf(call, 0);
	}

	private Instant timestamp(Arguments call) {
		Object value = call.any(0);
		if (value instanceof LocalDateTime datetime) {
			return datetime.atZone(this.zone).toInstant();
		}
		if (value instanceof LocalDate day) {
			return day.atStartOfDay(this.zone).toInstant();
		}
		if (value instanceof String text) {
			return timed("timestamp() takes a text such as 2026-01-31T10:00:00Z, and this is another one",
					() -> OffsetDateTime.parse(text.strip()).toInstant());
		}
		return call.as(0, Instant.class, "a text, date, datetime or timestamp");
	}

	private static LocalDate parsedDate(Arguments call) {
		return timed("parseDate() takes a text in the given format, and this is another one",
				() -> LocalDate.parse(call.text(0), DateTimeFormatter.ofPattern(call.text(1), Locale.ROOT)));
	}

	private String formatted(Arguments call) {
		Object value = call.any(0);
		TemporalAccessor time = (value instanceof Instant moment) ? moment.atZone(this.zone)
				: call.as(0, TemporalAccessor.class, "a date or time");
		return timed("format() takes a format for what the value has, such as dd.MM.yyyy for a date",
				() -> DateTimeFormatter.ofPattern(call.text(1), Locale.ROOT).format(time));
	}

	private Object plus(Arguments call, ChronoUnit unit) {
		Temporal time = call.as(0, Temporal.class, "a date or time");
		int amount = call.whole(1);
		return timed("%s() has a result out of range, or takes another kind of time".formatted(call.function()), () -> {
			if (time instanceof Instant moment) {
				return unit.isTimeBased() ? moment.plus(Duration.of(amount, unit))
						: moment.atZone(this.zone).plus(amount, unit).toInstant();
			}
			return time.plus(amount, unit);
		});
	}

	private LocalDate dateOf(Arguments call, int index) {
		Object value = call.any(index);
		if (value instanceof Instant moment) {
			return timed("a date is out of range", () -> moment.atZone(this.zone).toLocalDate());
		}
		if (value instanceof LocalDateTime datetime) {
			return datetime.toLocalDate();
		}
		return call.as(index, LocalDate.class, "a date, datetime or timestamp");
	}

	private static <T> T timed(String otherwise, Supplier<T> function) {
		try {
			return function.get();
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			throw new ExpressionException(otherwise);
		}
	}

	private static ExpressionException mistake(Arguments call, String word) {
		return new ExpressionException(
				"%s() takes %s, not %s".formatted(call.function(), word, Types.word(call.any(0))));
	}

}
