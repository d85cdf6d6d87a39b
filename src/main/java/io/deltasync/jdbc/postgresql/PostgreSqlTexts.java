package io.deltasync.jdbc.postgresql;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.Temporal;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Writes values as texts that PostgreSQL reads. */
final class PostgreSqlTexts {

	private static final int MAX_YEAR = 9999;

	private PostgreSqlTexts() {
	}

	/** Writes a date or a time; a point in time in UTC. */
	static String of(Temporal time) {
		if (time instanceof LocalDate date) {
			return day(date) + era(date);
		}
		if (time instanceof LocalDateTime local) {
			return day(local.toLocalDate()) + " " + local.toLocalTime() + era(local.toLocalDate());
		}
		if (time instanceof Instant || time instanceof OffsetDateTime) {
			Instant instant = (time instanceof OffsetDateTime offset) ? offset.toInstant() : (Instant) time;
			LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
			return day(utc.toLocalDate()) + " " + utc.toLocalTime() + "Z" + era(utc.toLocalDate());
		}
		return time.toString();
	}

	private static String day(LocalDate date) {
		int year = date.getYear();
		if (year > 0 && year <= MAX_YEAR) {
			return date.toString();
		}
		// there is no year 0
		return "%04d-%02d-%02d".formatted((year > 0) ? year : 1 - year, date.getMonthValue(), date.getDayOfMonth());
	}

	private static String era(LocalDate date) {
		return (date.getYear() > 0) ? "" : " BC";
	}

	/** Writes the elements of a list as an array, whose elements may be lists. */
	static String array(List<?> values) {
		StringBuilder array = new StringBuilder("{");
		for (Object value : values) {
			if (array.length() > 1) {
				array.append(',');
			}
			if (value instanceof List<?> inner) {
				array.append(array(inner));
			}
			else {
				append(array, value);
			}
		}
		return array.append('}').toString();
	}

	private static void append(StringBuilder array, @Nullable Object value) {
		if (value == null) {
			array.append("NULL");
			return;
		}
		String text = (value instanceof Temporal time) ? of(time) : value.toString();
		array.append('"');
		for (int i = 0; i < text.length(); i++) {
			char unit = text.charAt(i);
			if (unit == '"' || unit == '\\') {
				array.append('\\');
			}
			array.append(unit);
		}
		array.append('"');
	}

}
