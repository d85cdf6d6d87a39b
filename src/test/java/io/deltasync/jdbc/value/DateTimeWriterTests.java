package io.deltasync.jdbc.value;

import java.time.ZoneId;
import java.time.temporal.Temporal;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DateTimeWriterTests {

	private final ColumnWriter writer = ColumnWriter.of(
			Column.builder("at", ColumnType.LOCAL_DATE_TIME, "datetime(6)").scale(6).build(),
			ZoneId.of("Europe/Berlin"), false);

	@ParameterizedTest
	@CsvSource({ "2026-11-21, 2026-11-21 00:00:00", "2024-02-29, 2024-02-29 00:00:00",
			"2026-11-21T08:00, 2026-11-21 08:00:00", "2026-11-21 08:00, 2026-11-21 08:00:00",
			"2026-11-21 08:00:01, 2026-11-21 08:00:01", "2026-11-21T08:00:01.5, 2026-11-21 08:00:01.5",
			"2026-11-21 08:00:01.123456789, 2026-11-21 08:00:01.123456",
			"2026-11-21T08:00:01.123Z, 2026-11-21 09:00:01.123", "2026-11-21T08:00+05:30, 2026-11-21 03:30:00",
			"0001-01-01, 0001-01-01 00:00:00", "9999-12-31T23:59:59, 9999-12-31 23:59:59" })
	void textsOfTimesAreTaken(String text, String expected) throws Exception {
		assertThat(TimeText.of((Temporal) StoredForm.of(this.writer, text))).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-02-30", "2026-02-29", "2026-04-31 10:00", "2026-04-31T10:00:00Z", "2026-13-01",
			"2026-00-00", "0000-01-01", "-0001-01-01", "2026-11-21 24:00", "2026-11-21T25:00", "21.11.2026",
			" 2026-11-21", "2026-11-21T08:00 ", "" })
	void daysThatDoNotExistAreRefused(String text) {
		assertThatExceptionOfType(ValueRefusedException.class).isThrownBy(() -> StoredForm.of(this.writer, text))
			.withMessageStartingWith("Column 'at' (datetime(6)): '%s' is not a time such as", text);
	}

}
