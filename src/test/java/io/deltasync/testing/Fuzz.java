package io.deltasync.testing;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * Random cases, the same in every build. {@code -Ddeltasync.fuzz.times=100} tries a
 * hundred times as many; each has a number, and {@code -Ddeltasync.fuzz.case=N} does that
 * one alone. One thread's.
 */
public final class Fuzz {

	/** Texts that somebody may mistake for something else. */
	private static final List<String> NASTY = List.of("", " ", "\t", "\n", "\u0000", "'", "\"", "`", ";", "--", ",",
			".", "..", "/", "\\", "*", "?", "%", "%s", "%n%d%x", "$", "${", "${x}", "${x:", "#{1+1}", "{", "}", "{}",
			"[", "]", "[]", "[0]", "[-1]", "[99999999999]", "a[", "a.b[0].c", "a..b", "=", ":", "@", "@long", "&", "|",
			"<b>", "null", "NULL", "true", "yes", "off", "0", "-0", "-1", "007", "1.5", "1e400", "-1e400",
			"1e2147483647", "1e-2147483647", "NaN", "Infinity", "0x1F", "2147483648", "9223372036854775808",
			"99999999999999999999999999999999999999999", "1s", "-1s", "9999999999999999999s", "PT-9223372036854775807S",
			"-P106751991167300D", "P1Y", "UTC", "+25:00", "Mars/Phobos", "2026-02-30", "2026-11-21T08:00:00Z",
			"+1000000000-12-31T23:59:59.999999999Z", "-999999999-01-01T00:00:00Z", "0000-00-00", "24:00:00",
			"' OR '1'='1", "'; DROP TABLE canary; --", "\"; DROP TABLE canary; --", "`; DROP TABLE canary; --",
			"x\" (id INT); DROP TABLE canary; --", "?", "??", "$1", ":name", "{fn now()}", "/*", "*/", "id", "ID", "v",
			"select", "Größe", "漢字", "é😀", "\uD83D", "\uDE00", "\u202E", "\uFEFF", "ı", "ẞ", "../../etc/passwd",
			"jdbc:h2:mem:x;INIT=DROP ALL OBJECTS", "* * * * * *", "0 0 0 31 2 *", "x".repeat(300), "(".repeat(2000),
			"[".repeat(2000), "9".repeat(5000));

	private static final long FIRST = 20261121;

	private static final int TIMES = Integer.getInteger("deltasync.fuzz.times", 1);

	private static final Integer ONLY = Integer.getInteger("deltasync.fuzz.case");

	private final SplittableRandom random;

	private Fuzz(long seed) {
		this.random = new SplittableRandom(seed);
	}

	/**
	 * Does the cases of a test.
	 * @param count how many in a build
	 * @param test what fails by throwing
	 */
	public static void cases(int count, Case test) {
		for (int number = 0; number < count * TIMES; number++) {
			if (ONLY == null || ONLY == number) {
				try {
					test.run(new Fuzz(FIRST + number));
				}
				catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError ex) {
					throw new AssertionError("-Ddeltasync.fuzz.case=%d: %s".formatted(number, printable(ex.toString())),
							ex);
				}
			}
		}
	}

	/** Or a report is cut off where something does not fit into it. */
	private static String printable(String text) {
		return text.chars()
			.mapToObj((character) -> (character >= ' ' && character <= '~') ? Character.toString(character)
					: "\\u%04x".formatted(character))
			.collect(Collectors.joining());
	}

	/** Makes a number from 0 on, below a bound. */
	public int below(int bound) {
		return this.random.nextInt(bound);
	}

	/** Makes a number, extreme ones more often than they would be. */
	public long number() {
		return switch (below(4)) {
			case 0 -> below(10) - 5;
			case 1 -> Long.MAX_VALUE - below(2);
			case 2 -> Long.MIN_VALUE + below(2);
			default -> this.random.nextLong() >> below(Long.SIZE);
		};
	}

	@SafeVarargs
	public final <T> T oneOf(T... all) {
		return all[below(all.length)];
	}

	public <T> T oneOf(List<T> all) {
		return all.get(below(all.size()));
	}

	/** Makes a text: one that is easily mistaken, several of them, or any characters. */
	public String text() {
		return switch (below(4)) {
			case 0, 1 -> oneOf(NASTY);
			case 2 -> oneOf(NASTY) + oneOf(NASTY) + oneOf(NASTY);
			default -> characters();
		};
	}

	private String characters() {
		StringBuilder text = new StringBuilder();
		int length = below(12);
		for (int i = 0; i < length; i++) {
			text.append((below(3) > 0) ? (char) (' ' + below(95)) : (char) below(Character.MAX_VALUE + 1));
		}
		return text.toString();
	}

	/** Changes a text in some places. */
	public String change(String text) {
		StringBuilder changed = new StringBuilder(text);
		for (int times = 1 + below(3); times > 0; times--) {
			int from = below(changed.length() + 1);
			int to = Math.min(changed.length(), from + below(4));
			switch (below(4)) {
				case 0 -> changed.delete(from, to);
				case 1 -> changed.insert(from, changed.substring(from, to));
				case 2 -> changed.insert(from, text());
				default -> changed.replace(from, to, String.valueOf(
						oneOf('{', '}', '[', ']', '"', ',', ':', '@', '\\', '0', '-', 'e', '.', 'n', ' ', '\u0000')));
			}
		}
		return changed.toString();
	}

	/** What is tried with one case. */
	public interface Case {

		/**
		 * Tries it.
		 * @param fuzz makes the case
		 * @throws Exception when something is not as it should be
		 */
		void run(Fuzz fuzz) throws Exception;

	}

}
