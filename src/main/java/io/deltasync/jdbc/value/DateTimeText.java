package io.deltasync.jdbc.value;

import java.nio.charset.StandardCharsets;
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
		return usual(text.getBytes(StandardCharsets.ISO_8859_1));
	}

	/**
	 * Does the same with the bytes of a text, which takes less time.
	 * @param text any text in a character set that contains ASCII
	 */
	public static @Nullable TemporalAccessor usual(byte[] text) {
		int length = text.length;
		LocalDate date = date(text);
		if (date == null || length == DATE_LENGTH) {
			return date;
		}
		if (length < SECONDS_LENGTH || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':') {
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
		return (end == length - 1 && text[end] == 'Z') ? time.atOffset(ZoneOffset.UTC) : null;
	}

	private static @Nullable LocalDate date(byte[] text) {
		if (text.length < DATE_LENGTH || text[4] != '-' || text[7] != '-') {
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
	private static int fractionEnd(byte[] text) {
		int end = SECONDS_LENGTH;
		if (end < text.length && text[end] == '.') {
			end++;
			while (end < text.length && isDigit(text[end])) {
				end++;
			}
		}
		return end;
	}

	/**
	 * Returns the fraction of a second; a negative number if it has none that is usual.
	 */
	private static int nanos(byte[] text, int end) {
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
	private static int number(byte[] text, int from, int to) {
		int number = 0;
		for (int i = from; i < to; i++) {
			if (!isDigit(text[i])) {
				return -1;
			}
			number = number * 10 + text[i] - '0';
		}
		return number;
	}

	private static boolean isDigit(byte character) {
		return character >= '0' && character <= '9';
	}

}
