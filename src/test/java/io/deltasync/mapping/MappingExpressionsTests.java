package io.deltasync.mapping;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.link.AdaptersForTests;
import io.deltasync.link.Link;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A mapping computes properties by expressions.
 */
class MappingExpressionsTests {

	private static RecordInFlight order(Operation operation) {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		if (operation != Operation.DELETE) {
			properties.put("name", " Ada ");
			properties.put("price", new BigDecimal("1.10"));
			properties.put("country", "DE");
		}
		return new RecordInFlight(properties, operation);
	}

	private static Link link(String mapping) {
		return new Links(AdaptersForTests.beans(), new YamlEnvironment("""
				deltasync.links.orders:
				  source: { adapter: setters, table: a }
				  target: { adapter: plain, table: b }
				  mask: [name]
				  mapping: { %s }
				""".formatted(mapping))).get("orders");
	}

	private static RecordInFlight mapped(String mapping) {
		RecordInFlight record = order(Operation.UPSERT);
		link(mapping).mapping().apply(record);
		return record;
	}

	@Test
	void anExpressionReplacesTheSourcesPropertyOfItsNameAndAddsOthers() {
		assertThat(mapped("expressions: { NAME: name.trim(), total: price * 2 }").properties()).isEqualTo(Map.of("id",
				7, "NAME", "Ada", "price", new BigDecimal("1.10"), "country", "DE", "total", new BigDecimal("2.20")));
	}

	@Test
	void expressionsReadTheSourcesNamesEvenIfTheseAreNotDelivered() {
		assertThat(mapped(
				"select: [id, country], rename: { country: name }, expressions: { label: \"name.trim() + '/' + country\" }, constants: { origin: erp }")
			.properties()).isEqualTo(Map.of("id", 7, "name", "DE", "label", "Ada/DE", "origin", "erp"));
	}

	@Test
	void typesConvertTheResult() {
		assertThat(
				mapped("select: [id], expressions: { price: price * 10, \"[a.b]\": price }, types: { price: integer }")
					.properties())
			.isEqualTo(Map.of("id", 7, "price", 11L, "a", Map.of("b", new BigDecimal("1.10"))));
	}

	@Test
	void tablesAreLookedUp() {
		assertThat(mapped(
				"select: [name], expressions: { id: \"id.lookup('ids')\", country: \"country.lookup('countries')\" }, tables: { countries: { DE: Germany }, ids: { 7: '007' } }")
			.properties()).isEqualTo(Map.of("name", " Ada ", "id", "007", "country", "Germany"));
	}

	@Test
	void aFailureRejectsTheRecordWithoutShowingValues() {
		RecordInFlight record = mapped("expressions: { total: price + name, price: price / 0 }");

		assertThat(record.errors()).singleElement()
			.isEqualTo(
					"cannot be mapped: property 'total': cannot be computed: '+' does not take values of these types "
							+ "(name is a text, price is a number); property 'price': cannot be computed: it divides by zero "
							+ "(price is a number)");
		assertThat(record.properties()).containsKey("country");
	}

	@Test
	void ofARecordToDeleteIsComputedWhatItsKeyAllows() {
		RecordInFlight record = order(Operation.DELETE);
		link("expressions: { number: \"'C' + text(id)\", total: price * 2 }").mapping().apply(record);

		assertThat(record.properties()).isEqualTo(Map.of("id", 7, "number", "C7"));
	}

	@Test
	void namesOfTheTargetAreKnown() {
		Mapping mapping = link("expressions: { name: name.trim(), total: price * 2 }").mapping();

		assertThat(mapping.names(List.of("id", "Name", "price"))).containsExactly("id", "price", "name", "total");
		assertThat(mapping.namesOf(List.of("id", "Name"))).containsExactly("id");
		assertThat(mapping.renames(List.of("id", "name", "price"))).isNull();
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> mapping.names(List.of("id", "name", "prise")))
			.withMessageContaining(
					"names the property 'price', but the source has no such property (did you mean 'prise'?)");
	}

	@Test
	void whatIsComputedFromAMaskedPropertyIsMasked() {
		Link link = link("expressions: { label: \"text(id) + name\", total: price * 2 }");

		assertThat(link.mask().touchesTarget("label")).isTrue();
		assertThat(link.mask().touchesTarget("total")).isFalse();
		assertThat(mapped("expressions: { label: name }, types: { label: integer }").errors()).singleElement()
			.asString()
			.contains("'***' is not")
			.doesNotContain("Ada");
	}

	@Test
	void aChangedExpressionChangesWhatIsDelivered() {
		assertThat(link("expressions: { total: price * 2 }").identity())
			.isNotEqualTo(link("expressions: { total: price * 3 }").identity());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					expressions: { total: price * }          | mapping.expressions[total] | is the expression 'price *', which is invalid: at position 8: mismatched input '<EOF>'
					expressions: { first_name: name.trimm() } | mapping.expressions[first_name] | is the expression 'name.trimm()', which is invalid: at position 11: there is no function 'trimm'
					expressions: { a: \"name.lookup('x')\" } | mapping.expressions[a]     | is the expression 'name.lookup('x')', which is invalid: it looks into the table 'x', but there are no tables; add it under tables
					expressions: { a: name }, constants: { a: 1 } | mapping.constants    | gives the target the property 'a' a second time
					select: [name], expressions: { name: name.trim() } | mapping.expressions | gives the target the property 'name' a second time
					""")
	void anInvalidExpressionIsReported(String mapping, String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> link(mapping));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.orders." + key);
			assertThat(problem.message()).isEqualTo(message);
			assertThat(problem.link()).isEqualTo("orders");
		});
	}

}
