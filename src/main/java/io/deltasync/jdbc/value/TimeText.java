package io.deltasync.jdbc.value;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.Temporal;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Formats dates and times without a zone as SQL literals. The formatters of
 * {@code java.time}, which drivers use, take several times as long: up to a fifth of the
 * time that copying a row takes.
 */
public final class TimeText {

	/** The length of the longest text. */
	public static final int LONGEST = "0000-00-00 00:00:00.000000000".length();

	private static final int MAX_YEAR = 9999;

	private static final Pattern ZEROS = Pattern.compile("(?:\\.|(\\.\\d*[1-9]))0+(?!\\d)");

	private TimeText() {
	}

	/**
	 * Formats a time.
	 * @return the text, or null for other classes and for years outside 1 to 9999
	 */
	public static @Nullable String of(Temporal time) {
		byte[] text = new byte[LONGEST];
		int length = write(time, text);
		return (length > 0) ? new String(text, 0, length, StandardCharsets.ISO_8859_1) : null;
	}

	/**
	 * Writes the text of a time.
	 * @param into has room for {@link #LONGEST} bytes, and receives the text from its
	 * beginning
	 * @return the length; 0 for what has no {@linkplain #of text}
	 */
	public static int write(Temporal time, byte[] into) {
		if (time instanceof LocalDateTime local && isPlain(local.getYear())) {
			return write(local, into);
		}
		return (time instanceof LocalDate date && isPlain(date.getYear())) ? write(date, into) : 0;
	}

	/** Removes trailing zeros from a fraction of seconds. */
	public static String withoutZeros(String text) {
		return ZEROS.matcher(text).replaceFirst("$1");
	}

	private static boolean isPlain(int year) {
		return year > 0 && year <= MAX_YEAR;
	}

	private static int write(LocalDate date, byte[] into) {
		two(into, 0, date.getYear() / 100);
		two(into, 2, date.getYear() % 100);
		into[4] = '-';
		two(into, 5, date.getMonthValue());
		into[7] = '-';
		two(into, 8, date.getDayOfMonth());
		return 10;
	}

	@SuppressWarnings("JavaLocalDateTimeGetNano")
	private static int write(LocalDateTime time, byte[] into) {
		int at = write(time.toLocalDate(), into);
		into[at] = ' ';
		two(into, at + 1, time.getHour());
		into[at + 3] = ':';
		two(into, at + 4, time.getMinute());
		into[at + 6] = ':';
		two(into, at + 7, time.getSecond());
		return fraction(into, at + 9, time.getNano());
	}

	private static void two(byte[] into, int at, int number) {
		into[at] = (byte) ('0' + number / 10);
		into[at + 1] = (byte) ('0' + number % 10);
	}

	/** Omits trailing zeros, because the column may hold fewer digits. */
	private static int fraction(byte[] into, int from, int nanos) {
		if (nanos == 0) {
			return from;
		}
		int at = from;
		into[at++] = '.';
		int rest = nanos;
		for (int unit = 100_000_000; rest > 0; unit /= 10) {
			into[at++] = (byte) ('0' + rest / unit);
			rest %= unit;
		}
		return at;
	}

}
