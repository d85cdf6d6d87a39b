package io.deltasync.jdbc.sqlite;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SqliteValuesTests {

	@ParameterizedTest
	@ValueSource(strings = { "0.1", "1.1", "-1234567890123.45", "8410000000000000000000", "0.000000000000002", "0" })
	void decimalOfFifteenDigitsIsTheSameAfterADouble(String decimal) {
		assertThat(SqliteValues.shortest(Double.parseDouble(decimal))).isEqualByComparingTo(new BigDecimal(decimal));
	}

	@Test
	void textsOfTimesCompareAsTheTimesDo() {
		assertThat(SqliteTimes.text(LocalDateTime.parse("2026-01-01T10:00"))).isEqualTo("2026-01-01 10:00:00.000");
		assertThat(SqliteTimes.text(LocalDateTime.parse("2026-01-01T10:00:00.123456")))
			.isEqualTo("2026-01-01 10:00:00.123456");
		assertThat(SqliteTimes.text(Instant.parse("2026-01-01T10:00:00Z"))).isEqualTo("2026-01-01T10:00:00.000Z");
	}

	@Test
	void wholeNumbersOfSixtyFourBitsAreStoredAsSuch() {
		assertThat(SqliteSink.whole(new BigDecimal("9223372036854775807"))).hasToString("9223372036854775807");
		assertThat(SqliteSink.whole(new BigDecimal("1E+3"))).hasToString("1000");
		assertThat(SqliteSink.whole(new BigDecimal("9223372036854775808"))).isNull();
		assertThat(SqliteSink.whole(new BigDecimal("1E+999999999"))).isNull();
		assertThat(SqliteSink.whole(new BigDecimal("1.5"))).isNull();
		assertThat(SqliteSink.whole(new BigDecimal("0.00"))).hasToString("0");
	}

}
