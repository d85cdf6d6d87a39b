package io.deltasync.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Values and collections as scopes.
 */
class ValueCodecTests {

	private final ValueCodec codec = new ValueCodec(new PullSource());

	static Stream<Object> values() {
		return Stream.of("", "abc", "\"\\\n\u0000", true, false, 0, -5, Integer.MIN_VALUE, 5L, Long.MAX_VALUE,
				(short) 5, (byte) -5, 'ß', 1.0, -0.0, 0.1, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN,
				Double.NEGATIVE_INFINITY, 1.5f, Float.NaN, new BigDecimal("1.50"), new BigDecimal("1E+3"),
				new BigDecimal("-0.00000000000000000001"), new BigInteger("123456789012345678901234567890"),
				UUID.fromString("6f1c3a52-9f0e-4b4c-8c3a-0d9f5b7a1e22"), URI.create("https://example.org/a?b=c"),
				Instant.parse("2026-03-01T10:15:30.123456789Z"), Instant.MAX, LocalDate.of(2026, 3, 1), LocalDate.MIN,
				LocalTime.of(10, 15), LocalTime.MAX, LocalDateTime.of(2026, 3, 1, 10, 15),
				OffsetDateTime.parse("2026-03-01T10:15:30+05:30"), OffsetTime.parse("10:15+01:00"),
				ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Vienna]"),
				Timestamp.from(Instant.parse("2026-10-25T01:30:00.123456789Z")), new java.sql.Date(86_400_000),
				new Time(1), new Date(-1), Duration.ofMillis(1_234_567), Period.of(1, 2, 3), Year.of(2026),
				Year.of(12_345), YearMonth.of(2026, 3), MonthDay.of(2, 29), DayOfWeek.MONDAY, Month.MAY,
				ZoneId.of("Europe/Vienna"), ZoneId.of("UTC"), ZoneOffset.ofHours(-3), ZoneOffset.UTC);
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueComesBackEqualAndOfItsType(Object value) {
		assertThat(roundTrip(value)).isEqualTo(value).hasSameClassAs(value);
	}

	@ParameterizedTest
	@MethodSource("values")
	void valueInCollectionsComesBackEqualAndOfItsType(Object value) {
		List<Object> nested = List.of(List.of(value, value), Map.of("key", value), Set.of(value), Map.of(value, value));
		assertThat(roundTrip(nested)).isEqualTo(nested);
	}

	@Test
	void bytesComeBack() {
		byte[] bytes = { 0, 1, -1, 127, -128 };
		assertThat(roundTrip(bytes)).isEqualTo(bytes);
		assertThat(roundTrip(new byte[0])).isEqualTo(new byte[0]);
	}

	@Test
	void plainJsonStandsForWhatJsonCanSay() {
		assertThat(this.codec.write("abc")).isEqualTo("\"abc\"");
		assertThat(this.codec.write(5)).isEqualTo("5");
		assertThat(this.codec.write(0.5)).isEqualTo("0.5");
		assertThat(this.codec.write(Map.of("from", 1, "to", List.of("a", true)))).isEqualTo("""
				{"from":1,"to":["a",true]}""");
	}

	@Test
	void tagStandsBeforeWhatJsonCannotSay() {
		assertThat(this.codec.write(5L)).isEqualTo("{\"@long\":5}");
		assertThat(this.codec.write(new BigDecimal("1.50"))).isEqualTo("{\"@decimal\":\"1.50\"}");
		assertThat(this.codec.write(LocalDate.of(2026, 3, 1))).isEqualTo("{\"@date\":\"2026-03-01\"}");
		assertThat(this.codec.write(Set.of(5L))).isEqualTo("{\"@set\":[{\"@long\":5}]}");
		assertThat(this.codec.write(Map.of(7, "a"))).isEqualTo("{\"@map\":[[7,\"a\"]]}");
	}

	@Test
	void nullsInCollectionsComeBack() {
		List<Object> list = Arrays.asList(null, "a", null);
		assertThat(roundTrip(list)).isEqualTo(list);
		Map<Object, Object> map = new HashMap<>();
		map.put("a", null);
		assertThat(roundTrip(map)).isEqualTo(map);
		map.put(null, "b");
		assertThat(roundTrip(map)).isEqualTo(map);
		assertThat(roundTrip(Collections.singleton(null))).isEqualTo(Collections.singleton(null));
	}

	@Test
	void mapWhoseKeysLookLikeTagsComesBack() {
		Map<String, Object> map = Map.of("@long", "no number", "@", 1);
		assertThat(roundTrip(map)).isEqualTo(map);
		assertThat(roundTrip(Map.of("", "a"))).isEqualTo(Map.of("", "a"));
	}

	@Test
	void orderIsKeptWhereThereIsOne() {
		Map<Object, Object> map = new LinkedHashMap<>();
		map.put("z", 1);
		map.put("a", 2);
		assertThat(((Map<?, ?>) roundTrip(map)).keySet()).hasToString("[z, a]");
		assertThat(roundTrip(new TreeSet<>(Set.of("b", "c", "a")))).hasToString("[a, b, c]");
	}

	@Test
	void equalMapsAndSetsHaveEqualTexts() {
		Map<String, Integer> map = new HashMap<>(1);
		Map<String, Integer> large = new HashMap<>(1000);
		for (int number = 0; number < 50; number++) {
			map.put("key" + number * 31, number);
			large.put("key" + (49 - number) * 31, 49 - number);
		}
		assertThat(this.codec.write(map)).isEqualTo(this.codec.write(large));
		assertThat(this.codec.write(Set.copyOf(map.values()))).isEqualTo(this.codec.write(Set.copyOf(large.values())));
	}

	@Test
	void collectionsComeBackMutable() {
		@SuppressWarnings("unchecked")
		List<Object> list = (List<Object>) roundTrip(List.of(1));
		list.add(2);
		assertThat(list).isEqualTo(List.of(1, 2));
	}

	@ParameterizedTest
	@CsvSource({ "grüß dich", "日本語", "😀 pair", "\ud83d lone", "lone \ude00", "\u2028\ufeff" })
	void unicodeComesBackAndSurvivesEncoding(String text) {
		String stored = this.codec.writeChecked(List.of(text));
		byte[] bytes = stored.getBytes(StandardCharsets.UTF_8);
		assertThat(this.codec.read(new String(bytes, StandardCharsets.UTF_8))).isEqualTo(List.of(text));
	}

	@Test
	void lettersStayReadable() {
		assertThat(this.codec.write("grüß dich, 日本")).isEqualTo("\"grüß dich, 日本\"");
	}

	private Object roundTrip(Object scope) {
		return this.codec.read(this.codec.writeChecked(scope));
	}

}
