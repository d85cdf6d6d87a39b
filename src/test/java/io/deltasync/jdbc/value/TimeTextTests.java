package io.deltasync.jdbc.value;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimeTextTests {

	private static final DateTimeFormatter JDK = new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd HH:mm:ss")
		.appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
		.toFormatter();

	@Test
	void textEqualsThatOfTheJdkFormatter() {
		Random random = new Random(1);
		int[] units = { 1, 1_000, 1_000_000, 100_000_000, 1_000_000_000 };
		for (int i = 0; i < 10_000; i++) {
			int unit = units[i % units.length];
			LocalDateTime time = LocalDate.of(1, 1, 1)
				.plusDays(random.nextInt(3_652_058))
				.atTime(LocalTime.ofSecondOfDay(random.nextInt(86_400)))
				.withNano(random.nextInt(1_000_000_000) / unit * unit);

			assertThat(TimeText.of(time)).isEqualTo(JDK.format(time));
		}
	}

	@Test
	void textOfADateEqualsThatOfTheJdk() {
		for (LocalDate date = LocalDate.of(1, 1, 1); date.getYear() <= 9999; date = date.plusDays(13)) {
			assertThat(TimeText.of(date)).isEqualTo(date.toString());
		}
	}

	@Test
	void earliestAndLatestTimesHaveAText() {
		assertThat(TimeText.of(LocalDateTime.of(1, 1, 1, 0, 0))).isEqualTo("0001-01-01 00:00:00");
		assertThat(TimeText.of(LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_999)))
			.isEqualTo("9999-12-31 23:59:59.999999999");
		assertThat(TimeText.of(LocalDateTime.of(2026, 11, 21, 8, 0, 0, 1_000))).isEqualTo("2026-11-21 08:00:00.000001");
		assertThat(TimeText.of(LocalDate.of(1, 1, 1))).isEqualTo("0001-01-01");
	}

	@Test
	void timesWithoutAPlainTextAreLeftToTheDriver() {
		assertThat(TimeText.of(LocalDateTime.of(0, 12, 31, 0, 0))).isNull();
		assertThat(TimeText.of(LocalDate.of(10_000, 1, 1))).isNull();
		assertThat(TimeText.of(LocalDate.of(-1, 1, 1))).isNull();
		assertThat(TimeText.of(Instant.EPOCH)).isNull();
	}

}
