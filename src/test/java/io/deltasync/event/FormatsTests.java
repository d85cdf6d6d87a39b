package io.deltasync.event;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class FormatsTests {

	@ParameterizedTest
	@CsvSource({ "PT0S, 0.0 s", "PT0.449S, 0.4 s", "PT59.9S, 59.9 s", "PT60S, 1 min 0 s", "PT59M59S, 59 min 59 s",
			"PT47H59M, 47 h 59 min", "PT49H, 2 d 1 h" })
	void durationHasUpToTwoUnits(Duration duration, String words) {
		assertThat(Formats.duration(duration)).isEqualTo(words);
	}

	@ParameterizedTest
	@ValueSource(
			longs = { 0, 7, 999, 1000, 999_999, 1_000_000, -1, -999, -1000, -123_456, Long.MAX_VALUE, Long.MIN_VALUE })
	void digitsAreGrouped(long number) {
		assertThat(Formats.number(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
	}

	@Test
	void numbersAreTheSameInAllLanguages() {
		Locale before = Locale.getDefault();
		try {
			Locale.setDefault(Locale.GERMANY);
			assertThat(Formats.number(1234567)).isEqualTo("1,234,567");
			assertThat(Formats.duration(Duration.ofMillis(1500))).isEqualTo("1.5 s");
		}
		finally {
			Locale.setDefault(before);
		}
	}

	@Test
	void timesAreShownToTheSecond() {
		assertThat(Formats.time(Instant.parse("2026-11-21T08:00:00.999Z"))).isEqualTo("2026-11-21T08:00:00Z");
		assertThat(Formats.time(null)).isEqualTo("-");
	}

	@Test
	void timeInTheFutureIsShownAsAhead() {
		assertThat(Formats.age(Duration.ofHours(-2))).isEqualTo("2 h 0 min ahead");
		assertThat(Formats.age(Duration.ofHours(2))).isEqualTo("2 h 0 min");
	}

}
