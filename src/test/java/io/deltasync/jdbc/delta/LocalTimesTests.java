package io.deltasync.jdbc.delta;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalTimesTests {

	private final LocalTimes berlin = new LocalTimes(ZoneId.of("Europe/Berlin"));

	@Test
	void withAFixedOffsetBoundsAreTheLocalTimes() {
		LocalTimes utc = new LocalTimes(ZoneOffset.UTC);
		Instant instant = Instant.parse("2026-10-25T00:30:00.123456Z");

		assertThat(utc.earliestFrom(instant)).isEqualTo("2026-10-25T00:30:00.123456");
		assertThat(utc.latestBefore(instant)).isEqualTo("2026-10-25T00:30:00.123456");
	}

	@Test
	void beforeClocksAreSetBackTheLowerBoundReachesTheRepeatedHour() {
		// 02:50 in summer time; ten minutes later it is 02:00 again.
		assertThat(this.berlin.earliestFrom(Instant.parse("2026-10-25T00:50:00Z")))
			.isEqualTo(LocalDateTime.parse("2026-10-25T02:00"));
	}

	@Test
	void afterClocksWereSetBackTheUpperBoundReachesTheRepeatedHour() {
		// 02:05 in winter time; ten minutes ago it was 02:55.
		assertThat(this.berlin.latestBefore(Instant.parse("2026-10-25T01:05:00Z")))
			.isEqualTo(LocalDateTime.parse("2026-10-25T03:00"));
	}

	@Test
	void inTheSecondRepeatedHourTheLowerBoundIsTheLocalTime() {
		assertThat(this.berlin.earliestFrom(Instant.parse("2026-10-25T01:20:00Z")))
			.isEqualTo(LocalDateTime.parse("2026-10-25T02:20"));
	}

	@Test
	void whenClocksAreSetForwardNothingRepeats() {
		assertThat(this.berlin.earliestFrom(Instant.parse("2026-03-29T00:59:00Z")))
			.isEqualTo(LocalDateTime.parse("2026-03-29T01:59"));
		assertThat(this.berlin.latestBefore(Instant.parse("2026-03-29T01:01:00Z")))
			.isEqualTo(LocalDateTime.parse("2026-03-29T03:01"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC" })
	void everyInstantIsWithinTheBoundsOfItsRun(String zone) {
		ZoneId zoneId = ZoneId.of(zone);
		LocalTimes times = new LocalTimes(zoneId);
		Instant start = Instant.parse("2011-01-01T00:00:00Z");
		for (int step = 0; step < 400 * 24 * 4; step++) {
			Instant from = start.plusSeconds(step * 900L);
			Instant to = from.plusSeconds(3600);
			for (int second = 0; second < 3600; second += 599) {
				LocalDateTime stamp = LocalDateTime.ofInstant(from.plusSeconds(second), zoneId);
				assertThat(!stamp.isBefore(times.earliestFrom(from)) && stamp.isBefore(times.latestBefore(to)))
					.as("%s stamped at %s", stamp, from.plusSeconds(second))
					.isTrue();
			}
		}
	}

}
