package io.deltasync.http.template;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQuery;
import java.time.temporal.TemporalUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How an API writes times: {@code iso}, {@code epoch-seconds}, {@code epoch-millis},
 * {@code date}, or a pattern of {@link DateTimeFormatter}, each followed by a time zone
 * if needed, as in {@code date, Europe/Berlin}. Immutable.
 */
public final class TimeFormat {

	/** ISO 8601 in UTC. */
	public static final TimeFormat ISO = of("iso");

	private static final String ZONE_MARK = ",";

	private static final List<TemporalQuery<?>> QUERIES = List.of(OffsetDateTime::from, Instant::from,
			LocalDateTime::from, LocalDate::from);

	private final String name;

	private final ZoneId zone;

	private final @Nullable DateTimeFormatter pattern;

	private TimeFormat(String name, ZoneId zone, @Nullable DateTimeFormatter pattern) {
		this.name = name;
		this.zone = zone;
		this.pattern = pattern;
	}

	/**
	 * Reads a format from its text.
	 * @param text a name or a pattern, and possibly a comma and a time zone
	 * @throws IllegalArgumentException if the text is not a format
	 */
	public static TimeFormat of(String text) {
		int mark = text.lastIndexOf(ZONE_MARK);
		ZoneId zone = (mark > 0) ? zone(text.substring(mark + 1).strip()) : null;
		String name = ((zone != null) ? text.substring(0, mark) : text).strip();
		return new TimeFormat(name, (zone != null) ? zone : ZoneOffset.UTC, switch (name) {
			case "iso", "epoch-seconds", "epoch-millis", "date" -> null;
			default -> pattern(name);
		});
	}

	private static @Nullable ZoneId zone(String text) {
		try {
			return ZoneId.of(text);
		}
		catch (DateTimeException ex) {
			// a comma of a pattern
			return null;
		}
	}

	private static DateTimeFormatter pattern(String text) {
		try {
			DateTimeFormatter formatter = DateTimeFormatter.ofPattern(text, Locale.ROOT);
			ZonedDateTime sample = Instant.EPOCH.atZone(ZoneOffset.UTC);
			formatter.parse(formatter.format(sample));
			if (!text.contains("y") && !text.contains("u")) {
				throw new IllegalArgumentException("it has no year");
			}
			return formatter;
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			throw new IllegalArgumentException(("'%s' is not a format of times; give iso, epoch-seconds, epoch-millis, "
					+ "date or a pattern such as yyyy-MM-dd HH:mm:ss, and a zone after a comma if it is not UTC")
				.formatted(text), ex);
		}
	}

	/**
	 * Writes a time, rounded down to what the format can say.
	 * @return a {@link Long} for the two epochs, otherwise a {@link String}
	 */
	public Object write(Instant time) {
		return switch (this.name) {
			case "iso" -> this.zone.equals(ZoneOffset.UTC) ? time.toString()
					: DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(this.zone));
			case "epoch-seconds" -> time.getEpochSecond();
			case "epoch-millis" -> time.toEpochMilli();
			case "date" -> LocalDate.ofInstant(time, this.zone).toString();
			default -> formatter().format(time.atZone(this.zone));
		};
	}

	/**
	 * Reads a time.
	 * @param value a number or a text
	 * @throws IllegalArgumentException if the value is not a time in this format
	 */
	public Instant read(Object value) {
		try {
			String text = value.toString().strip();
			return switch (this.name) {
				case "epoch-seconds" -> ofEpoch(new BigDecimal(text), ChronoUnit.SECONDS);
				case "epoch-millis" -> ofEpoch(new BigDecimal(text), ChronoUnit.MILLIS);
				case "iso" -> instant(iso(text));
				case "date" -> instant(LocalDate.parse(text));
				default -> instant(parsed(formatter(), text));
			};
		}
		catch (ArithmeticException | DateTimeException | NumberFormatException ex) {
			throw new IllegalArgumentException("'%s' is not a time in the format %s".formatted(shortened(value), this),
					ex);
		}
	}

	/** Rounds a time down to what the format can say. */
	public Instant floor(Instant time) {
		return read(write(time));
	}

	private static Instant ofEpoch(BigDecimal number, TemporalUnit unit) {
		BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.getDuration().toNanos()));
		BigInteger[] parts = nanos.toBigInteger().divideAndRemainder(BigInteger.valueOf(1_000_000_000));
		return Instant.ofEpochSecond(parts[0].longValueExact(), parts[1].longValueExact());
	}

	private static TemporalAccessor iso(String text) {
		String time = (text.length() > 10 && text.charAt(10) == ' ') ? text.substring(0, 10) + "T" + text.substring(11)
				: text;
		if (time.length() == 10) {
			return LocalDate.parse(time);
		}
		return parsed(DateTimeFormatter.ISO_DATE_TIME, withColonInOffset(time));
	}

	/** Many APIs write the offset as +0100. */
	private static String withColonInOffset(String time) {
		return time.matches(".*[+-]\\d{4}")
				? time.substring(0, time.length() - 2) + ":" + time.substring(time.length() - 2) : time;
	}

	private static TemporalAccessor parsed(DateTimeFormatter formatter, String text) {
		return formatter.parseBest(text, QUERIES.toArray(TemporalQuery[]::new));
	}

	private Instant instant(TemporalAccessor time) {
		if (time instanceof OffsetDateTime offset) {
			return offset.toInstant();
		}
		if (time instanceof LocalDateTime local) {
			return local.atZone(this.zone).toInstant();
		}
		return (time instanceof LocalDate date) ? date.atStartOfDay(this.zone).toInstant() : Instant.from(time);
	}

	private DateTimeFormatter formatter() {
		return Objects.requireNonNull(this.pattern);
	}

	private static String shortened(Object value) {
		String text = value.toString();
		return (text.length() > 60) ? text.substring(0, 60) + "…" : text;
	}

	@Override
	public String toString() {
		return this.zone.equals(ZoneOffset.UTC) ? this.name : this.name + ", " + this.zone;
	}

}
