package io.deltasync.jdbc.value;

import java.time.Instant;
import java.time.LocalTime;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FractionsTests {

	@ParameterizedTest
	@CsvSource({ "0, 23:59:59", "1, 23:59:59.900", "3, 23:59:59.987", "6, 23:59:59.987654", "9, 23:59:59.987654321" })
	void fractionsAreTruncatedAndNeverRounded(int digits, String expected) {
		assertThat(Fractions.truncate(LocalTime.parse("23:59:59.987654321"), digits))
			.isEqualTo(LocalTime.parse(expected));
		assertThat(Fractions.truncate(Instant.parse("1960-01-01T23:59:59.987654321Z"), digits))
			.isEqualTo(Instant.parse("1960-01-01T" + expected + "Z"));
	}

}
