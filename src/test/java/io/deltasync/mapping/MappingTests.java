package io.deltasync.mapping;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Operation;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.link.AdaptersForTests;
import io.deltasync.link.Links;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class MappingTests {

	@Test
	void withoutAMappingPropertiesKeepTheirNames() {
		Mapping mapping = mapping("");
		RecordInFlight record = customer();
		Map<String, @Nullable Object> before = record.properties();

		mapping.apply(record);

		assertThat(mapping.isIdentity()).isTrue();
		assertThat(record.properties()).isEqualTo(before);
	}

	@Test
	void selectKeepsOnlyTheListedPropertiesInTheirOrder() {
		assertThat(mapped("select: [name, id]")).containsExactly(Map.entry("name", "Ada"), Map.entry("id", 7));
	}

	@Test
	void renameWithoutSelectKeepsAllPropertiesInTheirOrder() {
		assertThat(mapped("rename: { name: full_name }").keySet()).containsExactly("id", "full_name", "email",
				"address");
	}

	private static Map<String, Object> mapped(Mapping mapping, Map<String, Object> properties) {
		RecordInFlight record = new RecordInFlight(new TreeMap<>(properties));
		mapping.apply(record);
		return record.properties();
	}

	@Test
	void namesMatchInAnyCaseUnlessAmbiguous() {
		Mapping mapping = mapping("rename: { sku: article }");
		assertThat(mapped(mapping, Map.of("SKU", 7))).isEqualTo(Map.of("article", 7));
		assertThat(mapped(mapping, Map.of("SKU", 7, "sku", 8))).isEqualTo(Map.of("SKU", 7, "article", 8));
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> mapped(mapping, Map.of("SKU", 7, "Sku", 8)))
			.withMessageContaining("'sku'");
	}

	@Test
	void mappingThatOnlyLeavesOutAndRenamesIsKnown() {
		List<String> from = List.of("a", "sku", "b");
		assertThat(mapping("").renames(from)).isEqualTo(Map.of("a", "a", "sku", "sku", "b", "b"));
		assertThat(mapping("rename: { SKU: article }").renames(from))
			.isEqualTo(Map.of("a", "a", "sku", "article", "b", "b"));
		assertThat(mapping("{ select: [b, a], rename: { b: c } }").renames(from)).isEqualTo(Map.of("b", "c", "a", "a"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "constants: { origin: crm }", "constants: { b: crm }", "rename: { b: x.y }",
			"rename: { b.c: x }", "types: { b: text }", "{ select: [a, b], types: { b: decimal } }" })
	void mappingThatMakesOtherValuesIsKnown(String mapping) {
		assertThat(mapping(mapping).renames(List.of("a", "b"))).isNull();
	}

	@Test
	void conversionOfOtherPropertiesKeepsTheValuesOfAKey() {
		Mapping mapping = mapping("{ rename: { id: nr, part: x.y }, types: { price: decimal } }");
		assertThat(mapping.keepsValues(List.of("id"))).isTrue();
		assertThat(mapping.keepsValues(List.of("id", "PRICE"))).isFalse();
		assertThat(mapping.keepsValues(List.of("part"))).isFalse();
	}

	@Test
	void namesAtTheTargetCanBeDeterminedWithoutARecord() {
		Mapping mapping = mapping("{ rename: { SKU: article, b: x.y }, constants: { origin: crm } }");
		assertThat(mapping.names(List.of("a", "sku", "b"))).containsExactly("a", "article", "x", "origin");
		assertThat(mapping("select: [b, a]").names(List.of("a", "b", "c"))).containsExactly("b", "a");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> mapping("select: [a, d, e]").names(List.of("a", "b")))
			.withMessageContainingAll("'d'", "'e'", "It has: a, b");
	}

	@Test
	void renameWithSelectKeepsOnlySelectedProperties() {
		assertThat(mapped("{ select: [id, name], rename: { name: full_name } }")).containsExactly(Map.entry("id", 7),
				Map.entry("full_name", "Ada"));
	}

	@Test
	void twoPropertiesCanSwapNames() {
		assertThat(mapped("rename: { id: name, name: id }")).containsEntry("name", 7).containsEntry("id", "Ada");
	}

	@Test
	void namesInBracketsMayContainAnyCharacter() {
		RecordInFlight record = new RecordInFlight(Map.of("Updated_At", 1, "First Name", 2, "a.b", 3));

		mapping("rename: { Updated_At: UPDATED_at, \"[First Name]\": \"first name\", a.b: c }").apply(record);

		assertThat(record.properties()).isEqualTo(Map.of("UPDATED_at", 1, "first name", 2, "c", 3));
	}

	@Test
	void constantsHaveTheirYamlTypes() {
		assertThat(mapped("select: [id], constants: { source: crm, active: true, rank: 3, ratio: 0.5, "
				+ "big: 12345678901, code: \"007\" }"))
			.containsEntry("source", "crm")
			.containsEntry("active", true)
			.containsEntry("rank", 3)
			.containsEntry("ratio", 0.5)
			.containsEntry("big", 12345678901L)
			.containsEntry("code", "007");
	}

	@Test
	void constantsKeepTheirNotation() {
		assertThat(mapped("""
				{ select: [id], constants: { none: null, tilde: ~, empty: , text: "", single: '',
				    ver: 1.10, price: 12345678.9,
				    day: 2026-01-01, quoted: "01234", negative: -7, anchored: &a 5,
				    "[a.b]": 2.50, "[é😀]": 3.20, after: 4.10} }""")).containsEntry("none", null)
			.containsEntry("tilde", null)
			.containsEntry("empty", null)
			.containsEntry("text", "")
			.containsEntry("single", "")
			.containsEntry("ver", new BigDecimal("1.10"))
			.containsEntry("price", new BigDecimal("12345678.9"))
			.containsEntry("day", "2026-01-01")
			.containsEntry("quoted", "01234")
			.containsEntry("negative", -7)
			.containsEntry("anchored", 5)
			.containsEntry("a", Map.of("b", new BigDecimal("2.50")))
			.containsEntry("é😀", new BigDecimal("3.20"))
			.containsEntry("after", new BigDecimal("4.10"));
		assertThat(mapped("{ select: [id], nulls: skip, constants: { none: null, one: 1 } }").keySet())
			.containsExactly("id", "one");
	}

	@ParameterizedTest
	@CsvSource({ "01234, 668", "0x1F, 31", "1_000, 1000", "+5, 5", "1e3, 1000.0", "1:30, 90", "yes, true", "on, true",
			"NO, false", "True, true", "1.5e1, 15.0", ".5, 0.5" })
	void constantsThatYamlChangesAreRefused(String written, String read) {
		for (String constants : List.of("{ zip: %s, a: b }", "{ a: b, zip: %s}", "{ zip: &x %s }")) {
			assertThatExceptionOfType(ConfigurationException.class)
				.isThrownBy(() -> mapping("constants: " + constants.formatted(written)))
				.withMessageContaining("gives 'zip' the value %s, which YAML reads as %s; write it in quotes"
					.formatted(written, read));
		}
		assertThat(mapped("{ select: [id], constants: { zip: \"%s\" } }".formatted(written))).containsEntry("zip",
				written);
	}

	@Test
	void pathReadsANestedProperty() {
		assertThat(mapped("{ select: [id, address.city], rename: { address.city: city } }"))
			.containsExactly(Map.entry("id", 7), Map.entry("city", "London"));
		assertThat(mapped("rename: { address.city: city }")).containsKeys("address", "city");
	}

	@Test
	void originalPropertiesStayUnchanged() {
		RecordInFlight record = customer();

		mapping("{ select: [id], constants: { source: crm } }").apply(record);

		assertThat(record.originalProperties()).isEqualTo(customer().originalProperties());
	}

	@Test
	void nullIsDeliveredToTheTarget() {
		assertThat(mapped("select: [email]")).containsEntry("email", null);
	}

	@Test
	void nullsAreOmittedIfConfigured() {
		assertThat(mapped("{ select: [id, email], rename: { id: key }, nulls: skip }")).isEqualTo(Map.of("key", 7));
		assertThat(mapped("{ nulls: skip, constants: { origin: crm } }").keySet()).containsExactly("id", "name",
				"address", "origin");
	}

	@Test
	void propertyMissingAtTheSourceAbortsTheRun() {
		RecordInFlight record = customer();

		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> mapping("select: [id, nmae]").apply(record))
			.withMessage("the mapping names the property 'nmae', but the source has no such property "
					+ "(did you mean 'name'?). It has: id, name, email, address");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> mapping("rename: { nmae: full_name }").apply(record))
			.withMessageContaining("'nmae'");
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> mapping("select: [\"price [EUR]\"]").apply(record))
			.withMessageContaining("'price [EUR]'");
		assertThat(record.properties()).isEqualTo(customer().properties());
	}

	@Test
	void recordToDeleteMayConsistOfItsKey() {
		RecordInFlight record = new RecordInFlight(Map.of("id", 7), Operation.DELETE);

		mapping("{ select: [id, name], rename: { id: key } }").apply(record);

		assertThat(record.properties()).isEqualTo(Map.of("key", 7));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			rename: { name: email }    | email
			constants: { email: none } | email
			rename: { name: email }, nulls: skip    | email
			rename: { email: name }, nulls: skip    | name
			rename: { id: address.city }, nulls: skip | address.city
			rename: { email: address.city }, nulls: skip | address.city
			""")
	void aNameThatTheSourceUsesTooEndsTheRun(String yaml, String property) {
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> mapping(yaml).apply(customer()))
			.withMessageContaining("the property '%s' twice".formatted(property))
			.withMessageContaining("mapping.select");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{ select: [a], rename: { b: c } }         | rename    | renames 'b', which select does not list
					{ select: [a, b], rename: { a: b } }      | select    | gives the target the property 'b' a second time
					{ rename: { a: c, b: c } }                | rename    | gives the target the property 'c' a second time
					{ rename: { a: c }, constants: { c: 1 } } | constants | gives the target the property 'c' a second time
					{ select: [a], constants: { a: 1 } }      | constants | gives the target the property 'a' a second time
					{ select: [a, a] }                        | select    | lists 'a' twice
					{ select: [] }                            | select    | is empty; leave it out
					{ select: [a, ''] }                       | select    | contains an empty name
					{ rename: { a: ' ' } }                    | rename    | contains an empty name
					{ constants: { a: [1, 2] } }              | constants | gives 'a' a list or a group of keys
					{ constants: { a.b: 1 } }                 | constants | gives 'a' a list or a group of keys
					{ renames: { a: b } }                     | renames   | is not a known key (did you mean 'rename'?)
					{ nulls: drop }                           | nulls     | 'drop' is none of write, skip
					{ zone: Mars }                            | zone      | 'Mars' is not a time zone such as UTC or Europe/Berlin
					copy                                      |           | takes keys below it
					""")
	void aMappingThatContradictsItselfIsRefusedAtStart(String yaml, @Nullable String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class, () -> mapping(yaml));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.x.mapping" + ((key != null) ? "." + key : ""));
			assertThat(problem.message()).contains(message);
		});
	}

	private static Map<String, @Nullable Object> mapped(String yaml) {
		RecordInFlight record = customer();
		mapping(yaml).apply(record);
		return record.properties();
	}

	private static RecordInFlight customer() {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		properties.put("name", "Ada");
		properties.put("email", null);
		properties.put("address", Map.of("city", "London"));
		return new RecordInFlight(properties);
	}

	static Mapping mapping(String yaml) {
		return mapping(yaml, "[]");
	}

	static Mapping mapping(String yaml, String mask) {
		String group = (yaml.startsWith("{") || !yaml.contains(":")) ? yaml : "{ " + yaml + " }";
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.links.x:
				  source: { adapter: setters, table: a }
				  target: { adapter: plain, table: b }
				  mapping: %s
				  mask: %s
				""".formatted(group, mask));
		return new Links(AdaptersForTests.beans(), environment).get("x").mapping();
	}

}
