package io.deltasync.jdbc.value;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;

import org.jspecify.annotations.Nullable;

/**
 * Parses texts of dates, alone or with a time, with or without an offset. The forms that
 * most texts have are parsed by hand: a formatter takes more time than all the rest of a
 * row of a CSV file. Thread-safe.
 */
public final class DateTimeText {

	private static final DateTimeFormatter FORMATTER = DateTimeFormatter
		.ofPattern("uuuu-MM-dd[['T'][' ']HH:mm[:ss][.SSSSSSSSS][.SSSSSSSS][.SSSSSSS][.SSSSSS][.SSSSS][.SSSS][.SSS][.SS]"
				+ "[.S][XXX]]")
		// Otherwise 30 February would become the 28th.
		.withResolverStyle(ResolverStyle.STRICT);

	private static final int DATE_LENGTH = "2026-11-21".length();

	private static final int SECONDS_LENGTH = "2026-11-21T08:00:00".length();

	private static final int FRACTION_DIGITS = 9;

	private DateTimeText() {
	}

	/**
	 * Parses a text.
	 * @return a {@link LocalDate}, a {@link LocalDateTime} or an {@link OffsetDateTime}
	 * @throws DateTimeParseException if it is none of them
	 */
	static TemporalAccessor parse(String text) {
		TemporalAccessor usual = usual(text);
		return (usual != null) ? usual : formatted(text);
	}

	/** Parses a text in any form. */
	static TemporalAccessor formatted(String text) {
		return FORMATTER.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
	}

	/**
	 * Parses a text such as {@code 2026-11-21} or {@code 2026-11-21 08:00:00.123}, also
	 * with {@code T} and {@code Z}.
	 * @param text any text
	 * @return a {@link LocalDate}, a {@link LocalDateTime} or an {@link OffsetDateTime};
	 * null if the text has another form or names a time that does not exist
	 */
	public static @Nullable TemporalAccessor usual(String text) {
		int length = text.length();
		LocalDate date = date(text);
		if (date == null || length == DATE_LENGTH) {
			return date;
		}
		if (length < SECONDS_LENGTH || (text.charAt(10) != 'T' && text.charAt(10) != ' ') || text.charAt(13) != ':'
				|| text.charAt(16) != ':') {
			return null;
		}
		int hour = number(text, 11, 13);
		int minute = number(text, 14, 16);
		int second = number(text, 17, 19);
		int end = fractionEnd(text);
		int nanos = nanos(text, end);
		if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || nanos < 0) {
			return null;
		}
		LocalDateTime time = date.atTime(hour, minute, second, nanos);
		if (end == length) {
			return time;
		}
		return (end == length - 1 && text.charAt(end) == 'Z') ? time.atOffset(ZoneOffset.UTC) : null;
	}

	private static @Nullable LocalDate date(String text) {
		if (text.length() < DATE_LENGTH || text.charAt(4) != '-' || text.charAt(7) != '-') {
			return null;
		}
		int year = number(text, 0, 4);
		int month = number(text, 5, 7);
		int day = number(text, 8, 10);
		boolean valid = year >= 0 && month >= 1 && month <= 12 && day >= 1
				&& (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth());
		return valid ? LocalDate.of(year, month, day) : null;
	}

	/** Returns the position behind the fraction of a second. */
	private static int fractionEnd(String text) {
		int end = SECONDS_LENGTH;
		if (end < text.length() && text.charAt(end) == '.') {
			end++;
			while (end < text.length() && isDigit(text.charAt(end))) {
				end++;
			}
		}
		return end;
	}

	/**
	 * Returns the fraction of a second; a negative number if it has none that is usual.
	 */
	private static int nanos(String text, int end) {
		int digits = end - SECONDS_LENGTH - 1;
		if (end == SECONDS_LENGTH) {
			return 0;
		}
		if (digits < 1 || digits > FRACTION_DIGITS) {
			return -1;
		}
		int nanos = number(text, SECONDS_LENGTH + 1, end);
		for (int digit = digits; digit < FRACTION_DIGITS; digit++) {
			nanos *= 10;
		}
		return nanos;
	}

	/** Returns the number; a negative one if a character is no digit. */
	private static int number(String text, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			if (!isDigit(text.charAt(i))) {
				return -1;
			}
			number = number * 10 + text.charAt(i) - '0';
		}
		return number;
	}

	private static boolean isDigit(char character) {
		return character >= '0' && character <= '9';
	}

}
