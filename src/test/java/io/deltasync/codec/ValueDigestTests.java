package io.deltasync.codec;

import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Digests of keys and contents.
 */
class ValueDigestTests {

	private final ValueDigest digest = ValueDigest.ofContents();

	@Test
	void orderOfPropertiesDoesNotMatter() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", new LinkedHashMap<>(Map.of("c", 2)));
		one.put("d", null);
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("d", null);
		other.put("b", Map.of("c", 2));
		other.put("a", 1);
		assertThat(of(one)).isEqualTo(of(other)).hasSize(64);
	}

	@Test
	void everythingElseDoes() {
		List<Object> values = new ArrayList<>(Arrays.asList(1, 1L, "1", 1.0, new BigDecimal("1"), new BigDecimal("1.0"),
				true, "true", null, "null", new byte[] { 49 }, List.of(1), List.of("1"), Map.of("1", 1), List.of(),
				Map.of(), LocalDateTime.of(2026, 1, 1, 0, 0), "2026-01-01T00:00", Thread.State.NEW, "NEW"));
		assertThat(values.stream().map((value) -> of(Collections.singletonMap("a", value)))).doesNotContainNull()
			.doesNotHaveDuplicates();
		assertThat(of(Map.of("a", "b"))).isNotEqualTo(of(Map.of("ab", "")));
		assertThat(of(Collections.singletonMap("a", null))).isNotEqualTo(of(Map.of()));
	}

	@Test
	void binariesAreToldByTheirBytes() {
		assertThat(of(Map.of("a", new byte[] { 1, 2 }))).isEqualTo(of(Map.of("a", new byte[] { 1, 2 })))
			.isNotEqualTo(of(Map.of("a", new byte[] { 1, 3 })));
	}

	@Test
	void whatCannotBeToldByItsTextHasNoDigest() {
		assertThat(of(Map.of("a", List.of(new Object())))).isNull();
		assertThat(of(Map.of("a", 1))).isEqualTo(ValueDigest.ofContents().of(Map.of("a", 1)));
	}

	@Test
	void keysAreEqualByTheirValue() throws Exception {
		assertOneKey(7, 7L, (short) 7, (byte) 7, BigInteger.valueOf(7), new BigDecimal("7.00"), 7.0, 7.0f);
		assertOneKey(new BigDecimal("100"), new BigDecimal("1E+2"), 100L, 100.0);
		assertOneKey(0, -0.0, new BigDecimal("0.00"), new BigDecimal("0E+20"));
		assertOneKey(new BigDecimal("0.1"), 0.1, 0.1f);
		assertOneKey(new BigDecimal("1E+2000000000"), new BigDecimal("10E+1999999999"));
		Instant instant = Instant.parse("2026-01-01T10:00:00.123Z");
		assertOneKey(instant, Date.from(instant), Timestamp.from(instant), instant.atOffset(ZoneOffset.ofHours(2)),
				instant.atZone(ZoneId.of("Europe/Vienna")));
		assertOneKey(LocalDate.of(2026, 1, 1), java.sql.Date.valueOf("2026-01-01"));
		assertOneKey(LocalTime.of(1, 2, 3), Time.valueOf("01:02:03"));
		assertOneKey(List.of(1, "a"), new Object[] { 1L, "a" });
	}

	@Test
	void keysThatDifferInAnythingAreNotOne() {
		Instant instant = Instant.parse("2026-01-01T10:00:00.000Z");
		Time time = Time.valueOf("01:02:03");
		List<Object> keys = new ArrayList<>(Arrays.asList(7, "7", "7.0", "07", -7, 7.5, "7.5", "-7", null, "null",
				"NULL", "", true, "true", new byte[] { 55 }, new byte[] { 0, 55 }, new byte[] { 55, 0 }, "abc", "ABC",
				"abc ", new BigDecimal("1E+3000"), "1E3000", instant, instant.plusNanos(1), instant.toString(),
				Timestamp.from(instant.plusNanos(2)), new Date(instant.toEpochMilli() + 1),
				LocalDateTime.of(2026, 1, 1, 10, 0), LocalDate.of(2026, 1, 1), "2026-01-01", time,
				new Time(time.getTime() + 5), new UUID(1, 2), new UUID(1, 2).toString(), Thread.State.NEW, "NEW",
				RetentionPolicy.SOURCE, List.of(), List.of(7), List.of(List.of(7)), Map.of(), Map.of("7", 7),
				Double.NaN, Double.POSITIVE_INFINITY, "NaN", Year.of(7)));
		assertThat(keys.stream().map(ValueDigestTests::key)).doesNotContainNull().doesNotHaveDuplicates();
	}

	@Test
	void keysOfTextsAndWholeNumbersAreTheSameInAllVersions() {
		assertThat(key(4711)).isEqualTo("fd178759838042945f13ecdf6feb64177f005d6b8f5e7f2f96fc8953e801d91d");
		assertThat(key("A-4711")).isEqualTo("46560ff5d813121f34f15ea2270985b9877e460a799361bca1df4d50d25e096c");
	}

	@Test
	void keysAndContentsOfAllTypesAreTheSameInAllVersions() {
		Map<String, Object> values = new LinkedHashMap<>();
		values.put("decimal", new BigDecimal("1.50"));
		values.put("double", 0.1);
		values.put("flag", true);
		values.put("text", "zo\u00eb");
		values.put("none", null);
		values.put("date", LocalDate.of(2026, 3, 1));
		values.put("datetime", LocalDateTime.of(2026, 3, 1, 10, 15, 30, 123_456_000));
		values.put("instant", Instant.parse("2026-03-01T10:15:30.123456Z"));
		values.put("stamp", Timestamp.from(Instant.parse("2026-03-01T10:15:30.123456Z")));
		values.put("bytes", new byte[] { 1, 2 });
		values.put("list", List.of(1, "a"));
		assertThat(ValueDigest.ofKeys().of(new ArrayList<>(values.values())))
			.isEqualTo("9057bce9359f993070c55978478d327cd2fd632cca3dd404f738ba2528a65aa4");
		assertThat(of(values)).isEqualTo("60b2fd0861eb706db003d12925cc358f9b04184e6fc084b0a8f36553a9315d07");
	}

	@Test
	void keyWithoutACanonicalFormHasNoDigest() {
		for (Object value : List.of(new Object(), new StringBuilder("7"), List.of(new Object()), Map.of(7, 7),
				new Object[] { new Object() }, new AtomicLong(7))) {
			assertThat(key(value)).isNull();
			assertThat(ValueDigest.isSupported(value)).isFalse();
		}
		assertThat(ValueDigest.isSupported(null)).isTrue();
	}

	@Test
	void keyOfATimeIsTheSameInEveryZone() {
		TimeZone zone = TimeZone.getDefault();
		try {
			TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
			String inTokyo = key(new Timestamp(1_500)) + key(new Date(1_000));
			TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
			assertThat(key(new Timestamp(1_500)) + key(new Date(1_000))).isEqualTo(inTokyo);
		}
		finally {
			TimeZone.setDefault(zone);
		}
	}

	private static void assertOneKey(Object... values) {
		assertThat(Stream.of(values).map(ValueDigestTests::key)).doesNotContainNull().containsOnly(key(values[0]));
	}

	private static String key(Object value) {
		return ValueDigest.ofKeys().of(Arrays.asList(value));
	}

	private String of(Map<String, ?> properties) {
		return this.digest.of(properties);
	}

}
