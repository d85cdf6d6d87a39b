package io.deltasync.http.template;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.deltasync.http.connection.HttpCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TemplateTests {

	private static final List<String> KNOWN = List.of("since", "until", "id", "ids", "job.");

	private static final Map<String, Object> VALUES = Map.of("since", Instant.parse("2026-03-29T00:30:00.123Z"), "id",
			"a/b c", "ids", List.of(1, 2, 3), "job.id", 17L);

	private static String text(String template) {
		return Template.of(template, KNOWN).text(VALUES, TimeFormat.ISO, UnaryOperator.identity());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{since}                                  | 2026-03-29T00:30:00.123Z
			{since:epoch-seconds}                    | 1774744200
			{since:epoch-millis}                     | 1774744200123
			{since:date}                             | 2026-03-29
			{since:date, America/New_York}           | 2026-03-28
			{since:yyyy-MM-dd HH:mm, Europe/Berlin}  | 2026-03-29 01:30
			/x/{ids}                                 | /x/1,2,3
			/x/{ids:;}                               | /x/1;2;3
			{job.id} of {{a}}                        | 17 of {a}
			""")
	void placeholdersAreReplacedInTheirFormat(String template, String expected) {
		assertThat(text(template)).isEqualTo(expected);
	}

	@Test
	void valuesAreEncodedAndLiteralTextIsNot() {
		assertThat(Template.of("/people/{id}", KNOWN).text(VALUES, TimeFormat.ISO, HttpCall::encodedSegment))
			.isEqualTo("/people/a%2Fb%20c");
		assertThat(HttpCall.encodedSegment("..")).isEqualTo("%2E%2E");
		assertThat(HttpCall.encoded("ü&=+")).isEqualTo("%C3%BC%26%3D%2B");
	}

	@Test
	void onePlaceholderAloneKeepsItsType() {
		assertThat(Template.of("{job.id}", KNOWN).value(VALUES, TimeFormat.ISO)).isEqualTo(17L);
		assertThat(Template.of("{since:epoch-seconds}", KNOWN).value(VALUES, TimeFormat.ISO)).isEqualTo(1774744200L);
		assertThat(Template.of("no {job.id}", KNOWN).value(VALUES, TimeFormat.ISO)).isEqualTo("no 17");
	}

	@Test
	void textWithoutAValueIsNull() {
		assertThat(text("from {until}")).isNull();
		assertThat(text("")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{sinze}             | has {sinze}, which has no value here; known are {id}, {ids}, {job.FIELD}, {since}, {until}
					{job.}              | has {job.}, which has no value here
					{id:epoch-seconds}  | has {id:epoch-seconds}, but only times and lists have a format; write {id}
					{since:HH:mm}       | has {since:HH:mm}, but 'HH:mm' is not a format of times
					{since:nonsense}    | has {since:nonsense}, but 'nonsense' is not a format of times
					a{b                 | has a single {; write {{ for the character itself
					a}b                 | has a single }; write }} for the character itself
					""")
	void unknownPlaceholdersAndFormatsAreRefused(String template, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> Template.of(template, KNOWN))
			.withMessageStartingWith(message);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			iso                                | 2026-03-29T02:30:00+02:00   | 2026-03-29T00:30:00Z
			iso                                | 2026-03-29T02:30:00+0200    | 2026-03-29T00:30:00Z
			iso                                | 2026-03-29 00:30:00.5       | 2026-03-29T00:30:00.500Z
			iso, Europe/Berlin                 | 2026-03-28T01:30:00         | 2026-03-28T00:30:00Z
			iso                                | 2026-03-29                  | 2026-03-29T00:00:00Z
			epoch-seconds                      | 1774744200.25               | 2026-03-29T00:30:00.250Z
			epoch-millis                       | 1774744200123               | 2026-03-29T00:30:00.123Z
			date, Europe/Berlin                | 2026-03-29                  | 2026-03-28T23:00:00Z
			dd/MM/yyyy HH:mm:ss, Europe/Berlin | 28/03/2026 01:30:00         | 2026-03-28T00:30:00Z
			""")
	void timesAreReadAsInstants(String format, String text, Instant expected) {
		assertThat(TimeFormat.of(format).read(text)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "iso", "epoch-seconds", "epoch-millis", "date, Asia/Tokyo", "yyyy-MM-dd HH:mm" })
	void roundingGoesDownAndIsStable(String text) {
		TimeFormat format = TimeFormat.of(text);
		Instant time = Instant.parse("2026-03-29T00:30:59.999999Z");

		assertThat(format.floor(time)).isBeforeOrEqualTo(time).isEqualTo(format.floor(format.floor(time)));
	}

	@Test
	void whatIsNoTimeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> TimeFormat.ISO.read("yesterday"))
			.withMessage("'yesterday' is not a time in the format iso");
	}

}
