package io.deltasync.expression;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Expressions compute values of a record, exactly, or say why there is none.
 */
class ExpressionTests {

	private final ExpressionLanguage language = new ExpressionLanguage(ZoneId.of("Europe/Berlin"),
			Map.of("country", Map.of("DE", "Germany", "1", "one")));

	private static Map<String, @Nullable Object> record() {
		Map<String, @Nullable Object> record = new LinkedHashMap<>();
		record.put("name", " Ada Lovelace ");
		record.put("nobody", null);
		record.put("amount", new BigDecimal("19.90"));
		record.put("pieces", 3);
		record.put("many", Long.MAX_VALUE);
		record.put("rate", 0.1);
		record.put("open", true);
		record.put("day", LocalDate.of(2026, 1, 31));
		record.put("clock", LocalTime.of(12, 30));
		record.put("local", LocalDateTime.of(2026, 7, 1, 12, 30));
		record.put("moment", Instant.parse("2026-06-30T22:30:00Z"));
		record.put("offset", OffsetDateTime.parse("2026-07-01T00:30:00+02:00"));
		record.put("code", "DE");
		record.put("First Name", "Ada");
		record.put("address", Map.of("city", "London", "lines", List.of("a", 2)));
		record.put("bytes", new byte[] { 1 });
		return record;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			name.trim()                                     | Ada Lovelace
			name.trim().upper()                             | ADA LOVELACE
			name.trim().left(3)                             | Ada
			name.trim().left(99)                            | Ada Lovelace
			name.trim().right(4)                            | lace
			name.trim().substring(4, 8)                     | Love
			name.trim().substring(8, 4)                     | ``
			name.trim().replace('Ada', 'A.')                | A. Lovelace
			name.trim().split(' ')[1]                       | Lovelace
			'a😀b'.left(2) + text('a😀b'.length())            | a😀3
			nobody.trim()                                   |
			default(nobody, 'none')                         | none
			default(nobody.trim(), name).trim()             | Ada Lovelace
			'Dear ' + name.trim()                           | Dear Ada Lovelace
			amount * pieces                                 | 59.70
			amount * 1.19                                   | 23.6810
			(amount * 1.19).round(2)                        | 23.68
			many + 1                                        | 9223372036854775808
			rate + 0.2                                      | 0.3
			pieces / 2                                      | 1.5
			pieces / 7                                      | 0.4285714285714285714285714285714286
			pieces % 2                                      | 1
			-pieces                                         | -3
			amount == 19.9                                  | true
			pieces in [1, 2, 3.0]                           | true
			amount > 19 && amount <= 20                     | true
			nobody == null                                  | true
			nobody == 'x'                                   | false
			name.contains('Ada') ? 'yes' : 'no'             | yes
			code.matches('^[A-Z]{2}$')                      | true
			code.lookup('country')                          | Germany
			pieces.lookup('country')                        |
			default(name.lookup('country'), 'other')        | other
			record['First Name'] + '!'                      | Ada!
			default(record['no such'], 'absent')            | absent
			address.city                                    | London
			address.lines[0] + text(address.lines[1] + 1)   | a3
			has(address.street) ? address.street : 'none'   | none
			day.plusMonths(1)                               | 2026-02-28
			day.plusDays(-31)                               | 2025-12-31
			day.format('dd.MM.yyyy')                        | 31.01.2026
			moment.format('yyyy-MM-dd HH:mm')               | 2026-07-01 00:30
			date(moment)                                    | 2026-07-01
			date(offset) == date(moment)                    | true
			offset == moment                                | true
			moment < timestamp('2026-07-01T00:00:00Z')      | true
			timestamp(local)                                | 2026-07-01T10:30:00Z
			day < date(local)                               | true
			day.daysUntil(moment)                           | 151
			day.year() * 100 + day.month()                  | 202601
			'31.12.2026'.parseDate('dd.MM.yyyy')            | 2026-12-31
			number(' 12.50 ') + 1                           | 13.50
			clock                                           | 12:30
			NAME.trim()                                     | Ada Lovelace
			open ? 1 : 2                                    | 1
			null                                            |
			bytes == null                                   | false
			""")
	void valuesAreComputed(String expression, @Nullable String value) {
		Object computed = this.language.compile(expression).evaluate(record());

		assertThat((computed instanceof BigDecimal number) ? number.toPlainString()
				: (computed != null) ? computed.toString() : null)
			.isEqualTo(value);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					name + pieces            | '+' does not take values of these types (name is a text, pieces is a number)
					nobody + 'x'             | '+' does not take values of these types (nobody is null)
					nobody > 1               | '>' does not take values of these types (nobody is null)
					pieces.trim()            | trim() takes a text, not a number (pieces is a number)
					amount / (pieces - 3)    | it divides by zero (amount is a number, pieces is a number)
					number(name)             | number() takes a text such as 12.50, and this is another one (name is a text)
					name.left(1.5)           | a position or count is not a whole number, or out of range (name is a text)
					date(name)               | date() takes a text such as 2026-01-31, and this is another one (name is a text)
					address.street           | a value or a part of one is missing, or has another type (address is a group)
					address.lines[9]         | a value or a part of one is missing, or has another type (address is a group)
					name.replace('', 'x')    | replace() takes a text to look for, which is empty (name is a text)
					day.format('HH')         | format() takes a format for what the value has, such as dd.MM.yyyy for a date (day is a date)
					name ? 1 : 2             | a value or a part of one is missing, or has another type (name is a text)
					""")
	void aValueThatCannotBeComputedIsExplainedWithoutValues(String expression, String message) {
		Expression compiled = this.language.compile(expression);

		assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> compiled.evaluate(record()))
			.withMessage(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			name.trim(               | at position 11: mismatched input '<EOF>'
			name.trimm()             | at position 11: there is no function 'trimm'
			'x'.trim().round(2)      | at position 17: 'round' does not take text.(number)
			1 + 'x'                  | at position 3: '+' does not take (number, text)
			1 == 'x'                 | at position 3: '==' does not take (number, text)
			size(name)               | at position 5: there is no function 'size'
			[1, 2].map(x, x + 1)     | at position 11: there is no function 'map'
			code.lookup('countries') | it looks into the table 'countries', but there are only: country
			code.lookup(name)        | lookup('table') takes the name of a table in quotes
			record == null           | it uses record without the name of a property; write record['name']
			record[name]             | record['name'] takes the name of a property in quotes
			{'a': 1}                 | it contains a group of keys, which expressions cannot make
			0.1234567890123456       | a fraction has more than 15 digits; write number('…')
			""")
	void anInvalidExpressionIsRefusedWithItsPosition(String expression, String message) {
		assertThatExceptionOfType(ExpressionException.class).isThrownBy(() -> this.language.compile(expression))
			.withMessage(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "name.getClass()", "T(java.lang.Runtime)", "java.lang.System", "new String()",
			"name.class.name", "type(name)", "now()", "@number('1')", "name.chars().map(c, c)", "[1].all(x, true)" })
	void nothingButTheDocumentedFunctionsIsReachable(String expression) {
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> this.language.compile(expression).evaluate(record()));
	}

	@Test
	void costIsBounded() {
		Map<String, @Nullable Object> large = new LinkedHashMap<>();
		large.put("text", "x".repeat(1_000_000));
		large.put("number", new BigDecimal("1E+1000000000"));
		large.put("digits", BigDecimal.TEN.pow(600));
		large.put("evil", "a".repeat(100_000) + "!");

		assertThat(Arrays.asList("text + text", "text.replace('x', 'xx')", "number + 1", "digits * digits",
				"number.round(2)"))
			.allSatisfy((expression) -> assertThatExceptionOfType(ExpressionException.class)
				.isThrownBy(() -> this.language.compile(expression).evaluate(large)));
		assertThat(this.language.compile("evil.matches('^(a+)+$')").evaluate(large)).isEqualTo(false);
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.language.compile("'x' + ".repeat(5000) + "'x'"));
		assertThatExceptionOfType(ExpressionException.class)
			.isThrownBy(() -> this.language.compile("(".repeat(2000) + "1" + ")".repeat(2000)));
	}

	@Test
	void anUnknownPropertyAbortsTheRun() {
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> this.language.compile("amout * 2").evaluate(record()))
			.withMessageContaining(
					"reads the property 'amout', but the source has no such property (did you mean 'amount'?)");
	}

	@Test
	void propertiesThatAreReadAreKnown() {
		Expression expression = this.language.compile("open ? address.city : default(record['nick'], name.trim())");

		assertThat(expression.names()).containsExactly("open", "address", "name");
		assertThat(expression.sources()).containsExactlyInAnyOrder("open", "address", "name", "nick");
		assertThat(expression.isComputable(Map.of("open", true))).isFalse();
	}

}
