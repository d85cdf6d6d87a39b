package io.deltasync.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.of;

/**
 * The texts that version 0.1.0 stored. They are read for ever, and written without a
 * difference of one character, because records are recognised by digests of such texts.
 */
class StoredTextTests {

	private static final AccountSource ADAPTER = new AccountSource();

	private static final String PREFIX = "@.StoredTextTests$";

	private final ValueCodec codec = new ValueCodec(ADAPTER);

	static Stream<Arguments> values() {
		return Stream.of(of("", "\"\""), of("grüß 日本", "\"grüß 日本\""), of("\"\\/\n\t\u0000\u007f", """
				"\\"\\\\/\\n\\t\\u0000\u007f\""""), of("\ud83d\ude00 \ud83d \u2028\ufeff", """
				"\\uD83D\\uDE00 \\uD83D \u2028\\uFEFF\""""), of(true, "true"), of(false, "false"), of(0, "0"),
				of(Integer.MIN_VALUE, "-2147483648"), of(5L, "{\"@long\":5}"),
				of(Long.MIN_VALUE, "{\"@long\":-9223372036854775808}"), of((short) -5, "{\"@short\":\"-5\"}"),
				of((byte) 7, "{\"@byte\":\"7\"}"), of('ß', "{\"@char\":\"ß\"}"),
				of('\ud83d', "{\"@char\":\"\\uD83D\"}"), of(1.0, "1.0"), of(-0.0, "-0.0"), of(0.1, "0.1"),
				of(1e300, "1.0E300"), of(2e-3, "0.002"), of(Double.MIN_VALUE, "4.9E-324"),
				of(Double.NaN, "{\"@double\":\"NaN\"}"), of(Double.POSITIVE_INFINITY, "{\"@double\":\"Infinity\"}"),
				of(Double.NEGATIVE_INFINITY, "{\"@double\":\"-Infinity\"}"), of(1.5f, "{\"@float\":\"1.5\"}"),
				of(-0.0f, "{\"@float\":\"-0.0\"}"), of(Float.NaN, "{\"@float\":\"NaN\"}"),
				of(new BigDecimal("1.50"), "{\"@decimal\":\"1.50\"}"),
				of(new BigDecimal("0.00"), "{\"@decimal\":\"0.00\"}"),
				of(new BigDecimal("1E+3"), "{\"@decimal\":\"1E+3\"}"),
				of(new BigDecimal("-1E-20"), "{\"@decimal\":\"-1E-20\"}"),
				of(new BigInteger("-123456789012345678901234567890"),
						"{\"@bigint\":\"-123456789012345678901234567890\"}"),
				of(UUID.fromString("6f1c3a52-9f0e-4b4c-8c3a-0d9f5b7a1e22"),
						"{\"@uuid\":\"6f1c3a52-9f0e-4b4c-8c3a-0d9f5b7a1e22\"}"),
				of(URI.create("https://example.org/a?b=c"), "{\"@uri\":\"https://example.org/a?b=c\"}"),
				of(new byte[0], "{\"@bytes\":\"\"}"),
				of(new byte[] { 0, 1, -1, 127, -128 }, "{\"@bytes\":\"AAH/f4A=\"}"));
	}

	static Stream<Arguments> times() {
		return Stream.of(of(Instant.parse("2026-03-01T10:15:30.120Z"), "{\"@instant\":\"2026-03-01T10:15:30.120Z\"}"),
				of(Instant.parse("2026-03-01T10:15:00Z"), "{\"@instant\":\"2026-03-01T10:15:00Z\"}"),
				of(Instant.MAX, "{\"@instant\":\"+1000000000-12-31T23:59:59.999999999Z\"}"),
				of(LocalDate.of(2026, 3, 1), "{\"@date\":\"2026-03-01\"}"),
				of(LocalDate.MIN, "{\"@date\":\"-999999999-01-01\"}"),
				of(LocalTime.of(10, 15), "{\"@time\":\"10:15\"}"),
				of(LocalTime.of(10, 15, 1, 5_000), "{\"@time\":\"10:15:01.000005\"}"),
				of(LocalDateTime.of(2026, 3, 1, 0, 0), "{\"@datetime\":\"2026-03-01T00:00\"}"),
				of(OffsetDateTime.parse("2026-03-01T10:15+05:30"), "{\"@offsetdatetime\":\"2026-03-01T10:15+05:30\"}"),
				of(OffsetTime.parse("10:15Z"), "{\"@offsettime\":\"10:15Z\"}"),
				of(ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Vienna]"),
						"{\"@zoneddatetime\":\"2026-10-25T02:30+01:00[Europe/Vienna]\"}"),
				of(Duration.ofMillis(-1_234_567), "{\"@duration\":\"PT-20M-34.567S\"}"),
				of(Period.of(1, -2, 3), "{\"@period\":\"P1Y-2M3D\"}"), of(Year.of(-5), "{\"@year\":\"-5\"}"),
				of(Year.of(12_345), "{\"@year\":\"12345\"}"), of(YearMonth.of(2026, 3), "{\"@yearmonth\":\"2026-03\"}"),
				of(MonthDay.of(2, 29), "{\"@monthday\":\"--02-29\"}"),
				of(DayOfWeek.MONDAY, "{\"@dayofweek\":\"MONDAY\"}"), of(Month.MAY, "{\"@month\":\"MAY\"}"),
				of(ZoneId.of("Europe/Vienna"), "{\"@zone\":\"Europe/Vienna\"}"),
				of(ZoneId.of("UTC+02:00"), "{\"@zone\":\"UTC+02:00\"}"), of(ZoneOffset.UTC, "{\"@offset\":\"Z\"}"),
				of(ZoneOffset.ofHoursMinutes(-3, -30), "{\"@offset\":\"-03:30\"}"),
				of(Timestamp.from(Instant.parse("2026-10-25T01:30:00.123456789Z")),
						"{\"@sqltimestamp\":\"2026-10-25T01:30:00.123456789Z\"}"),
				of(new java.sql.Date(86_400_000), "{\"@sqldate\":86400000}"), of(new Time(1), "{\"@sqltime\":1}"),
				of(new Date(-1), "{\"@utildate\":-1}"));
	}

	static Stream<Arguments> collections() {
		Map<Object, Object> ordered = new LinkedHashMap<>();
		ordered.put("z", Arrays.asList(1, null, 2L));
		ordered.put("a", null);
		Map<Object, Object> mixed = new LinkedHashMap<>();
		mixed.put(7L, "seven");
		mixed.put(null, List.of());
		mixed.put(List.of(1), Map.of());
		return Stream.of(of(List.of(), "[]"), of(Map.of(), "{}"), of(Set.of(), "{\"@set\":[]}"),
				of(Arrays.asList(null, "a", 1, List.of(2L)), "[null,\"a\",1,[{\"@long\":2}]]"),
				of(ordered, "{\"z\":[1,null,{\"@long\":2}],\"a\":null}"),
				of(new HashMap<>(Map.of("z", 1, "a", 2, "", 3)), "{\"\":3,\"a\":2,\"z\":1}"),
				of(mixed, "{\"@map\":[[{\"@long\":7},\"seven\"],[null,[]],[[1],{}]]}"),
				of(new HashMap<>(Map.of(10, "a", 9, "b")), "{\"@map\":[[10,\"a\"],[9,\"b\"]]}"),
				of(new TreeMap<>(Map.of(10, "a", 9, "b")), "{\"@map\":[[9,\"b\"],[10,\"a\"]]}"),
				of(Map.of("@long", 1), "{\"@map\":[[\"@long\",1]]}"),
				of(Map.of("a", Map.of("@", 1)), "{\"a\":{\"@map\":[[\"@\",1]]}}"),
				of(Set.of(10, 9, "a", 2L), "{\"@set\":[\"a\",10,9,{\"@long\":2}]}"),
				of(new LinkedHashSet<>(List.of(10, 9)), "{\"@set\":[10,9]}"),
				of(new TreeSet<>(List.of(10, 9)), "{\"@set\":[9,10]}"),
				of(Collections.singleton(null), "{\"@set\":[null]}"));
	}

	static Stream<Arguments> objects() {
		Bean bean = new Bean();
		bean.size = 7;
		bean.next = new Bean();
		bean.name = null;
		Derived derived = new Derived("base", 5, List.of("a"));
		derived.cache = "not stored";
		return Stream.of(of(new Range(1, 2L), tagged("Range", "{\"from\":1,\"to\":2}")),
				of(new Range(1, null), tagged("Range", "{\"from\":1}")), of(new Empty(), tagged("Empty", "{}")),
				of(Level.LOW, tagged("Level", "\"LOW\"")), of(Level.HIGH, tagged("Level", "\"HIGH\"")),
				of(List.of(new Range(1, 2L), Level.HIGH),
						"[%s,%s]".formatted(tagged("Range", "{\"from\":1,\"to\":2}"), tagged("Level", "\"HIGH\""))),
				of(new Any(5L, new Range(1, null)),
						tagged("Any", "{\"object\":{\"@long\":5},\"comparable\":%s}")
							.formatted(tagged("Range", "{\"from\":1}"))),
				of(new Any(List.of(1L), "a"), tagged("Any", "{\"object\":[{\"@long\":1}],\"comparable\":\"a\"}")),
				of(new Scalars(true, (byte) 1, (short) 2, 'c', 3, 4L, 5.5f, -0.0, Double.NaN, new byte[] { 1 },
						new BigDecimal("1.0"), LocalDate.EPOCH, TimeUnit.HOURS, Level.HIGH),
						tagged("Scalars", "{\"bool\":true,\"byt\":\"1\",\"shor\":\"2\",\"chr\":\"c\",\"number\":3,"
								+ "\"lng\":4,\"flt\":\"5.5\",\"dbl\":-0.0,\"boxed\":\"NaN\",\"bytes\":\"AQ==\","
								+ "\"decimal\":\"1.0\",\"date\":\"1970-01-01\",\"unit\":\"HOURS\",\"level\":\"HIGH\"}")),
				of(new Wider(new Timestamp(0), ZoneOffset.UTC, derived),
						tagged("Wider",
								"{\"date\":{\"@sqltimestamp\":\"1970-01-01T00:00:00Z\"},\"zone\":{\"@offset\":\"Z\"},"
										+ "\"base\":%s}")
							.formatted(tagged("Derived", "{\"base\":\"base\",\"number\":5,\"own\":[\"a\"]}"))),
				of(new Wider(new Date(0), ZoneId.of("Europe/Vienna"), new Base("b")),
						tagged("Wider",
								"{\"date\":0,\"zone\":\"Europe/Vienna\",\"base\":{\"base\":\"b\",\"number\":0}}")),
				of(new Collected(List.of(1L), new LinkedList<>(List.of(1.0f)), new ArrayList<>(List.of("a")),
						new TreeMap<>(Map.of(3L, LocalDate.EPOCH)), Set.of(Level.HIGH),
						new TreeSet<>(List.of("b", "a")), Set.of(5), new HashMap<>(Map.of("a", 1)), new int[] { 1, 2 },
						new Long[] { 1L, null }, new Object[] { 1L, "a" }, new Range[] { new Range(1, 2L) },
						new int[][] { {}, { 1 } }),
						tagged("Collected",
								"{\"list\":[{\"@long\":1}],\"linked\":[{\"@float\":\"1.0\"}],\"array\":[\"a\"],"
										+ "\"sorted\":{\"@map\":[[{\"@long\":3},{\"@date\":\"1970-01-01\"}]]},\"set\":[%s],"
										+ "\"tree\":[\"a\",\"b\"],\"collection\":{\"@set\":[5]},\"map\":{\"a\":1},"
										+ "\"ints\":[1,2],\"longs\":[1,null],\"objects\":[{\"@long\":1},\"a\"],"
										+ "\"ranges\":[{\"from\":1,\"to\":2}],\"nested\":[[],[1]]}")
							.formatted(tagged("Level", "\"HIGH\""))),
				of(bean, tagged("Bean", "{\"size\":7,\"next\":{\"name\":\"default\",\"size\":0}}")),
				of(derived, tagged("Derived", "{\"base\":\"base\",\"number\":5,\"own\":[\"a\"]}")),
				of(new Prefixed("a"), tagged("Prefixed", "{\"name\":\"prefix-a\"}")),
				of(new Reordered(1, "a", "b"), tagged("Reordered", "{\"first\":\"b\",\"second\":\"a\",\"offset\":1}")),
				of(ADAPTER.new MyScope("r-1", 200),
						"{\"@.AccountSource$MyScope\":{\"requestId\":\"r-1\",\"offset\":200}}"));
	}

	private static String tagged(String name, String text) {
		return "{\"" + PREFIX + name + "\":" + text + "}";
	}

	@ParameterizedTest
	@MethodSource({ "values", "times", "collections", "objects" })
	void textStaysAsItWas(Object value, String text) {
		assertThat(this.codec.write(value)).isEqualTo(text);
	}

	@ParameterizedTest
	@MethodSource({ "values", "times", "collections" })
	void textIsReadAsItWas(Object value, String text) {
		Object back = this.codec.read(text);
		assertThat(back).isEqualTo(value);
		assertThat(this.codec.write(back)).isEqualTo(text);
	}

	@ParameterizedTest
	@MethodSource("objects")
	void objectIsReadAsItWas(Object value, String text) {
		Object back = this.codec.read(text);
		assertThat(back).usingRecursiveComparison()
			.withEqualsForType(Double::equals, Double.class)
			.ignoringFields("cache", "base.cache")
			.isEqualTo(value);
		assertThat(this.codec.write(back)).isEqualTo(text);
	}

	static Stream<Arguments> otherTexts() {
		return Stream.of(of("{\"@string\":\"a\"}", "a"), of("{\"@int\":5}", 5), of("{\"@boolean\":true}", true),
				of("{\"@double\":1.5}", 1.5), of("{\"@double\":1}", 1.0), of("{\"@list\":[1]}", List.of(1)),
				of("{\"@map\":{\"a\":1}}", Map.of("a", 1)), of(" [ 1 , { } ] ", List.of(1, Map.of())),
				of(tagged("Range", "{\"to\":5,\"from\":1}"), new Range(1, 5L)),
				of(tagged("Range", "{\"from\":{\"@int\":1},\"to\":null}"), new Range(1, null)));
	}

	@ParameterizedTest
	@MethodSource("otherTexts")
	void textOfAnotherFormIsReadToo(String text, Object value) {
		assertThat(this.codec.read(text)).isEqualTo(value);
	}

	@Test
	void propertiesAreStoredAsScopesAre() {
		ValueCodec properties = ValueCodec.ofProperties(PullSource.class);
		Stream.of(values(), times(), collections()).flatMap((forms) -> forms).forEach((form) -> {
			Map<String, Object> map = Map.of("id", form.get()[0]);
			String text = "{\"id\":" + form.get()[1] + "}";
			assertThat(properties.writeChecked(map)).isEqualTo(text);
			assertThat(properties.write(properties.read(text))).isEqualTo(text);
		});
	}

	enum Level {

		LOW, HIGH {
			@Override
			public String toString() {
				return "very high";
			}
		}

	}

	record Range(int from, @Nullable Long to) implements Comparable<Range> {

		@Override
		public int compareTo(Range other) {
			return Integer.compare(this.from, other.from);
		}

	}

	record Empty() {
	}

	record Any(Object object, Comparable<?> comparable) {
	}

	record Scalars(boolean bool, byte byt, short shor, char chr, int number, long lng, float flt, double dbl,
			Double boxed, byte[] bytes, BigDecimal decimal, LocalDate date, TimeUnit unit, Level level) {
	}

	record Wider(Date date, ZoneId zone, Base base) {
	}

	record Collected(List<Long> list, LinkedList<Float> linked, ArrayList<String> array,
			SortedMap<Long, LocalDate> sorted, Set<Level> set, TreeSet<String> tree, Collection<Integer> collection,
			HashMap<String, Integer> map, int[] ints, @Nullable Long[] longs, Object[] objects, Range[] ranges,
			int[][] nested) {
	}

	static class Base {

		protected final String base;

		protected int number;

		Base(String base) {
			this.base = base;
		}

	}

	static final class Derived extends Base {

		private static final List<String> CONSTANTS = List.of("a");

		private final List<String> own;

		private transient @Nullable String cache;

		Derived(String base, int number, List<String> own) {
			super(base);
			this.number = number;
			this.own = own;
		}

	}

	static final class Prefixed {

		private final String name;

		Prefixed(String name) {
			this.name = "prefix-" + name;
		}

	}

	static final class Reordered {

		private final String first;

		private final String second;

		private final Integer offset;

		Reordered(int start, String two, String one) {
			this.first = one;
			this.second = two;
			this.offset = start;
		}

	}

	static final class Bean {

		private @Nullable String name = "default";

		private int size;

		private @Nullable Bean next;

	}

}
