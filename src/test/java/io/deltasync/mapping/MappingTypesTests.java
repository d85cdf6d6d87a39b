package io.deltasync.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.ConfigurationProblem;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Types of properties at the target.
 */
class MappingTypesTests {

	@ParameterizedTest
	@MethodSource("conversions")
	void valueIsConvertedToItsType(String type, Object value, Object expected) {
		assertThat(converted(type, value)).isEqualTo(expected);
	}

	static Stream<Arguments> conversions() {
		Instant moment = Instant.parse("2026-07-21T08:00:00.123Z");
		LocalDateTime berlin = LocalDateTime.parse("2026-07-21T10:00:00.123");
		UUID uuid = UUID.randomUUID();
		return Stream.of(Arguments.of("text", 7, "7"), Arguments.of("text", new BigDecimal("1E+3"), "1000"),
				Arguments.of("text", new BigDecimal("1E+2147483647"), "1E+2147483647"),
				Arguments.of("text", new BigDecimal("1E-2147483647"), "1E-2147483647"),
				Arguments.of("boolean", new BigDecimal("1.0"), true), Arguments.of("text", uuid, uuid.toString()),
				Arguments.of("text", "  ", "  "), Arguments.of("text", LocalDate.parse("2026-07-21"), "2026-07-21"),
				Arguments.of("integer", " 42 ", 42L), Arguments.of("integer", 42, 42L),
				Arguments.of("integer", new BigDecimal("42.0"), 42L), Arguments.of("integer", true, 1L),
				Arguments.of("integer", "18446744073709551615", new BigInteger("18446744073709551615")),
				Arguments.of("decimal", "1234.50", new BigDecimal("1234.50")),
				Arguments.of("decimal", 0.1, new BigDecimal("0.1")),
				Arguments.of("decimal", "1e3", new BigDecimal("1e3")),
				Arguments.of("decimal comma", "1.234.567,5", new BigDecimal("1234567.5")),
				Arguments.of("decimal comma", "-1234,56", new BigDecimal("-1234.56")),
				Arguments.of("decimal comma", "-1.234", new BigDecimal("-1234")),
				Arguments.of("decimal comma", 7, new BigDecimal("7")), Arguments.of("boolean", "YES", true),
				Arguments.of("boolean", "0", false), Arguments.of("boolean", 1L, true),
				Arguments.of("boolean", new BigDecimal("0.0"), false), Arguments.of("boolean", false, false),
				Arguments.of("date", "2026-07-21", LocalDate.parse("2026-07-21")),
				Arguments.of("date", berlin, LocalDate.parse("2026-07-21")),
				Arguments.of("date", Instant.parse("2026-07-21T23:00:00Z"), LocalDate.parse("2026-07-22")),
				Arguments.of("date", java.sql.Date.valueOf("2026-07-21"), LocalDate.parse("2026-07-21")),
				Arguments.of("Date dd.MM.yyyy", "21.07.2026", LocalDate.parse("2026-07-21")),
				Arguments.of("date d MMM uuuu", "21 jul 2026", LocalDate.parse("2026-07-21")),
				Arguments.of("date yyyyMMdd", "20260721", LocalDate.parse("2026-07-21")),
				Arguments.of("time", "08:00", LocalTime.of(8, 0)),
				Arguments.of("time", berlin, LocalTime.parse("10:00:00.123")),
				Arguments.of("time hh:mm a", "08:30 pm", LocalTime.of(20, 30)),
				Arguments.of("datetime", "2026-07-21 10:00:00.123", berlin), Arguments.of("datetime", moment, berlin),
				Arguments.of("datetime", LocalDate.parse("2026-07-21"), LocalDateTime.parse("2026-07-21T00:00")),
				Arguments.of("timestamp", "2026-07-21T08:00:00.123Z", moment),
				Arguments.of("timestamp", "2026-07-21T10:00:00.123+02:00", moment),
				Arguments.of("timestamp", "2026-07-21T10:00:00.123+02:00[Europe/Berlin]", moment),
				Arguments.of("timestamp", "2026-07-21T10:00:00.123", moment), Arguments.of("timestamp", berlin, moment),
				Arguments.of("timestamp", OffsetDateTime.parse("2026-07-21T10:00:00.123+02:00"), moment),
				Arguments.of("timestamp", Timestamp.from(moment), moment),
				Arguments.of("timestamp", "2026-07-21", Instant.parse("2026-07-20T22:00:00Z")),
				Arguments.of("timestamp dd.MM.yy HH:mm", "21.07.26 10:00", Instant.parse("2026-07-21T08:00:00Z")),
				Arguments.of("timestamp dd.MM.yyyy HH:mm XXX", "21.07.2026 10:00 +01:00",
						Instant.parse("2026-07-21T09:00:00Z")),
				Arguments.of("timestamp epoch-seconds", 1784620800, Instant.parse("2026-07-21T08:00:00Z")),
				Arguments.of("timestamp epoch-millis", "1784620800123", moment));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			integer          | 1.5                | a whole number
			integer          | 1e99999999         | a whole number
			integer          | 1e-999999999       | a whole number
			integer          | -1e2147483647      | a whole number
			boolean          | 1e999999999        | one of true, yes, on, 1, false, no, off, 0
			decimal          | 1,5                | a decimal number such as 1234.56
			decimal          | NaN                | a decimal number such as 1234.56
			decimal comma    | 1.23               | a decimal number such as 1.234,56
			decimal comma    | 1.2e3              | a decimal number such as 1.234,56
			decimal comma    | 12.34.567,8        | a decimal number such as 1.234,56
			decimal comma    | .123               | a decimal number such as 1.234,56
			decimal comma    | 1,234,5            | a decimal number such as 1.234,56
			boolean          | perhaps            | one of true, yes, on, 1, false, no, off, 0
			boolean          | 2                  | one of true, yes, on, 1, false, no, off, 0
			date             | 31.12.2026         | a date such as 2026-11-21
			date             | 2026-02-29         | a date such as 2026-11-21
			date dd.MM.yyyy  | 31.02.2026         | a date of the form dd.MM.yyyy
			date dd.MM.yyyy  | 1.2.2026           | a date of the form dd.MM.yyyy
			time             | 24:00              | a time of day such as 08:00:00
			datetime         | soon               | a date and time such as 2026-11-21T08:00:00
			timestamp        | 1784620800         | a timestamp such as 2026-11-21T08:00:00Z
			timestamp epoch-millis | 2026-07-21   | a number of millis since 1970
			""")
	void aValueThatDoesNotFitFailsItsRecord(String type, String value, String expected) {
		assertThat(record(type, value).errors())
			.containsExactly("cannot be mapped: property 'p': '%s' is not %s".formatted(value, expected));
	}

	@ParameterizedTest
	@CsvSource({ "timestamp, 2026-03-29T02:30:00", "timestamp dd.MM.yyyy HH:mm, 29.03.2026 02:30" })
	void skippedLocalTimeFailsItsRecordAndTheZoneIsNamed(String type, String value) {
		assertThat(record(type, value).errors()).containsExactly("cannot be mapped: property 'p': '" + value
				+ "' does not exist in the zone Europe/Berlin, where the clocks are put forward over it");
	}

	@ParameterizedTest
	@CsvSource({ "text", "integer", "decimal", "boolean", "date", "timestamp" })
	void listsAndBytesCannotBeConverted(String type) {
		assertThat(record(type, List.of(1, 2)).errors()).singleElement().asString().contains("'[1, 2]' is not ");
		assertThat(record(type, new byte[3]).errors()).singleElement().asString().contains("'bytes' is not ");
	}

	@Test
	void blankTextsAreNullUnlessTextIsWanted() {
		for (String type : List.of("integer", "decimal", "boolean", "date", "timestamp")) {
			assertThat(converted(type, " ")).isNull();
			assertThat(converted(type, null)).isNull();
		}
		assertThat(converted("text", null)).isNull();
	}

	@Test
	void allErrorsOfARecordAreReportedAndItStaysUnchanged() {
		RecordInFlight record = customer();

		MappingTests.mapping("""
				{ rename: { betrag: amount },
				  types: { amount: decimal comma, born: date dd.MM.yyyy, active: boolean, note: integer } }""")
			.apply(record);

		assertThat(record.errors()).containsExactly("cannot be mapped: "
				+ "property 'amount' (from 'betrag'): 'zwölf' is not a decimal number such as 1.234,56; "
				+ "property 'born': '1970' is not a date of the form dd.MM.yyyy; "
				+ "property 'note': 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…' is not a whole number");
		assertThat(record.properties()).isEqualTo(customer().properties());
	}

	@Test
	void nestedPartsCanHaveTypes() {
		RecordInFlight record = customer();

		MappingTests.mapping(
				"""
						{ rename: { "address.since": since },
						  types: { address.since: date, "orders[0].total": decimal, "orders[9].total": decimal, since: text } }""")
			.apply(record);

		assertThat(record.errors()).isEmpty();
		assertThat(record.get("address.since")).isEqualTo(LocalDate.parse("2020-01-01"));
		assertThat(record.get("since")).isEqualTo("2020-01-01");
		assertThat(record.get("orders[0].total")).isEqualTo(new BigDecimal("12.5"));
		assertThat(record.originalProperties()).isEqualTo(customer().originalProperties());
	}

	@Test
	void partBuiltByTheMappingCanHaveAType() {
		RecordInFlight record = customer();

		MappingTests
			.mapping("{ select: [id, address], rename: { id: ref.id, address: home }, "
					+ "types: { ref.id: text, home.since: date } }")
			.apply(record);

		assertThat(record.properties())
			.isEqualTo(Map.of("ref", Map.of("id", "7"), "home", Map.of("since", LocalDate.parse("2020-01-01"))));
	}

	@Test
	void constantIsConvertedOnce() {
		RecordInFlight record = customer();

		MappingTests.mapping("{ select: [id], constants: { day: 2026-07-21 }, types: { day: date } }").apply(record);

		assertThat(record.get("day")).isEqualTo(LocalDate.parse("2026-07-21"));
	}

	@Test
	void blankValueIsSkippedLikeNull() {
		RecordInFlight record = customer();

		MappingTests.mapping("{ select: [id, blank], types: { blank: integer }, nulls: skip }").apply(record);

		assertThat(record.properties()).isEqualTo(Map.of("id", 7));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{ types: { betrag: integer } }                                             | betrag
			{ select: [betrag], types: { betrag: integer } }                           | betrag
			{ rename: { betrag: sum }, types: { sum: integer } }                       | betrag
			{ types: { "[address.since]": integer } }                                  | address
			{ select: ["address.since"], types: { "[address.since]": integer } }       | address
			{ rename: { "[address.since]": since }, types: { since: integer } }        | address
			{ rename: { address: home }, types: { "[home.since]": integer } }          | address
			{ types: { "[orders[0].total]": date } }                                   | orders
			{ types: { betrag: integer } }                                             | BETRAG
			{ types: { "[address.since]": integer } }                                  | address.since
			{ types: { address: integer } }                                            | address.since
			{ rename: { address: home }, types: { "[home.since]": integer } }          | address.since
			""")
	void aMaskedValueIsNotShownWhereItDoesNotFit(String yaml, String masked) {
		RecordInFlight shown = customer();
		RecordInFlight record = customer();

		MappingTests.mapping(yaml).apply(shown);
		MappingTests.mapping(yaml, "[" + masked + "]").apply(record);

		assertThat(shown.errors()).singleElement().asString().doesNotContain("***");
		assertThat(record.errors()).singleElement()
			.asString()
			.contains("'***' is not ")
			.doesNotContain("zwölf", "2020", "12.5");
	}

	@Test
	void messageHidesMaskedValuesOnly() {
		RecordInFlight record = customer();

		MappingTests.mapping("{ types: { betrag: integer, note: date } }", "[bet, not]").apply(record);

		assertThat(record.errors()).singleElement().asString().contains("'zwölf'", "'xxx").doesNotContain("***");
	}

	@Test
	void typeOfAMissingPropertyAbortsTheRun() {
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> MappingTests.mapping("types: { brn: date }").apply(customer()))
			.withMessageContaining("'brn'")
			.withMessageContaining("did you mean 'born'?");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{ types: { a: decmal } }             | types     | 'a' has the unknown type 'decmal' (did you mean 'decimal'?); give one of: text, integer, decimal, boolean, date, time, datetime, timestamp
					{ types: { a: text upper } }         | types     | 'a' has the type 'text' with the format 'upper'; it takes none
					{ types: { a: decimal point } }      | types     | give 'comma' for such as 1.234,56
					{ types: { a: date dd.MM.jjjj } }    | types     | 'a' has the type 'date' with the format 'dd.MM.jjjj'; give letters such as dd.MM.yyyy
					{ types: { a: date HH:mm } }         | types     | which does not contain all parts of a date
					{ types: { a: timestamp HH:mm } }    | types     | which does not contain all parts of a timestamp
					{ types: { a: time dd.MM.yyyy } }    | types     | which does not contain all parts of a time of day
					{ types: { a: datetime yyyy-MM-dd HH:mm:SS } }  | types | writes a time of day that cannot be read
					{ types: { a: timestamp dd.MM.yyyy hh:mm } }    | types | writes a time of day that cannot be read
					{ select: [a, bc], types: { bd: date } }          | types | names 'bd', which is not a property that the target receives (did you mean 'bc'?): a, bc
					{ select: [a], types: { "[b.c]": date } }         | types | names 'b.c', which is not a property that the target receives: a
					{ rename: { a: b }, types: { a: date } }          | types | names 'a', which is renamed; name 'b'
					{ constants: { a: x }, types: { a: integer } }    | constants | gives 'a' a value that does not have its type: 'x' is not a whole number
					""")
	void aTypeThatCannotBeIsRefusedAtStart(String yaml, String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class,
				() -> MappingTests.mapping(yaml));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.x.mapping." + key);
			assertThat(problem.link()).isEqualTo("x");
			assertThat(problem.message()).contains(message);
		});
	}

	@Test
	void allProblemsAreReportedAtOnce() {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> MappingTests
			.mapping("{ rename: { a: c, b: c, d: e..f }, types: { a: nothing, x: date HH:mm }, nulls: never }"));

		assertThat(failure.problems()).extracting(ConfigurationProblem::property)
			.extracting((property) -> property.substring(property.lastIndexOf('.') + 1))
			.containsExactlyInAnyOrder("rename", "rename", "types", "types", "nulls");
	}

	private static @Nullable Object converted(String type, @Nullable Object value) {
		RecordInFlight record = record(type, value);
		assertThat(record.errors()).isEmpty();
		return record.get("p");
	}

	private static RecordInFlight record(String type, @Nullable Object value) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("p", value);
		RecordInFlight record = new RecordInFlight(properties);
		MappingTests.mapping("{ types: { p: '%s' }, zone: Europe/Berlin }".formatted(type)).apply(record);
		return record;
	}

	private static RecordInFlight customer() {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		properties.put("betrag", "zwölf");
		properties.put("born", 1970);
		properties.put("active", 1);
		properties.put("note", "x".repeat(1000));
		properties.put("blank", "");
		properties.put("address", Map.of("since", "2020-01-01"));
		properties.put("orders", List.of(Map.of("total", "12.5")));
		return new RecordInFlight(properties);
	}

}
