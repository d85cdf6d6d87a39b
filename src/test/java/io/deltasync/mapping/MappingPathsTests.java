package io.deltasync.mapping;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.RecordInFlight;
import io.deltasync.config.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Nested properties on both sides of a mapping.
 */
class MappingPathsTests {

	@Test
	void nestedPartsCanBecomeProperties() {
		assertThat(mapped("{ select: [id, address.city, \"lines[0].sku\"], "
				+ "rename: { address.city: city, \"lines[0].sku\": sku } }"))
			.isEqualTo(Map.of("id", 7, "city", "London", "sku", "pen"));
	}

	@Test
	void propertiesCanBecomeNestedParts() {
		assertThat(mapped("""
				{ select: [id, name, flag, v1.0],
				  rename: { name: person.name, flag: "person.flags[0]", v1.0: "person.flags[1].old" },
				  constants: { "[person.country]": UK, "[tags[0]]": new } }""")).isEqualTo(Map.of("id", 7, "person",
				Map.of("name", "Ada", "flags", List.of("x", Map.of("old", "odd")), "country", "UK"), "tags",
				List.of("new")));
	}

	@Test
	void selectedPartKeepsItsPath() {
		assertThat(mapped("select: [id, address.city, v1.0]"))
			.isEqualTo(Map.of("id", 7, "address", Map.of("city", "London"), "v1.0", "odd"));
	}

	@Test
	void withoutSelectARenamedPartIsAddedToAnExistingMap() {
		RecordInFlight record = order();

		MappingTests.mapping("rename: { name: address.name }").apply(record);

		assertThat(record.get("address")).isEqualTo(Map.of("city", "London", "name", "Ada"));
		assertThat(record.has("name")).isFalse();
		assertThat(record.originalProperties()).isEqualTo(order().originalProperties());
	}

	@Test
	void elementsOfAListMayComeInAnyOrder() {
		assertThat(mapped("rename: { name: \"people[0]\", id: \"people[1]\" }")).containsEntry("people",
				List.of("Ada", 7));
	}

	@Test
	void nameWithADotIsWrittenInBrackets() {
		assertThat(mapped("{ select: [id, name], rename: { id: \"[a.b]\", name: a.b.c } }"))
			.isEqualTo(Map.of("a.b", 7, "a", Map.of("b", Map.of("c", "Ada"))));
	}

	@Test
	void missingPartIsNull() {
		assertThat(mapped("{ select: [nobody.name, address.street, \"lines[7].sku\", name.first], "
				+ "rename: { nobody.name: a, address.street: b, \"lines[7].sku\": c, name.first: d } }")
			.values()).hasSize(4).containsOnlyNulls();
	}

	@Test
	void skippedNullsAreOmittedExceptInLists() {
		assertThat(mapped("""
				{ select: [id, nobody, address.street, name],
				  rename: { nobody: "lines[0].sku", address.street: to.street, name: "lines[1].sku" },
				  nulls: skip }""")).isEqualTo(Map.of("id", 7, "lines", Arrays.asList(sku(null), sku("Ada"))));
	}

	@Test
	void pathToAMissingPropertyAbortsTheRun() {
		assertThatExceptionOfType(AbortRunException.class)
			.isThrownBy(() -> mapped("{ select: [adress.city], rename: { adress.city: city } }"))
			.withMessageContaining("the property 'adress.city'")
			.withMessageContaining("It has: id, name");
	}

	@Test
	void renamingToAnExistingPartAbortsTheRun() {
		assertThatExceptionOfType(AbortRunException.class).isThrownBy(() -> mapped("rename: { name: address.city }"))
			.withMessageContaining("the property 'address.city' twice");
	}

	@Test
	void pathThroughAPlainValueFailsOnlyTheRecord() {
		RecordInFlight record = order();

		MappingTests.mapping("rename: { id: name.id }").apply(record);

		assertThat(record.errors()).containsExactly("cannot be mapped: property 'name.id': The path 'name.id' leads "
				+ "through a value of type String; only maps and lists have parts");
		assertThat(record.properties()).isEqualTo(order().properties());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{ rename: { a: b..c } }                           | rename    | the property 'b..c'. The path 'b..c' is not of the form a.b[0].c
					{ rename: { a: 'b[x]' } }                         | rename    | Write a name that is not a path as "[b[x]]"
					{ rename: { a: b.c, d: b } }                      | rename    | the property 'b' as a whole, but also parts of it
					{ select: [b, a], rename: { a: b.c } }            | rename    | the property 'b' as a whole, but also its part 'b.c'
					{ rename: { a: b.c, d: b.c } }                    | rename    | gives the target the property 'b.c' a second time
					{ rename: { a: 'b[1]' } }                         | rename    | gives the target 'b[1]', but none before it
					{ rename: { a: 'b[0]', c: 'b[2]' } }              | rename    | gives the target 'b[2]', but the one before it is 0
					{ rename: { a: 'b[0].x', c: b.y } }               | rename    | uses the value around 'b.y' both as a list and as a group
					{ rename: { a: b.c }, constants: { "[b.c]": 1 } } | constants | gives the target the property 'b.c' a second time
					{ rename: { a: '[]' } }                           | rename    | contains an empty name
					""")
	void targetsThatGetInEachOthersWayAreRefusedAtStart(String yaml, String key, String message) {
		ConfigurationException failure = catchThrowableOfType(ConfigurationException.class,
				() -> MappingTests.mapping(yaml));

		assertThat(failure.problems()).singleElement().satisfies((problem) -> {
			assertThat(problem.property()).isEqualTo("deltasync.links.x.mapping." + key);
			assertThat(problem.message()).contains(message);
		});
	}

	private static Map<String, @Nullable Object> mapped(String yaml) {
		RecordInFlight record = order();
		MappingTests.mapping(yaml).apply(record);
		assertThat(record.errors()).isEmpty();
		return record.properties();
	}

	private static RecordInFlight order() {
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		properties.put("name", "Ada");
		properties.put("flag", "x");
		properties.put("nobody", null);
		properties.put("address", Map.of("city", "London"));
		properties.put("lines", List.of(Map.of("sku", "pen"), Map.of("sku", "ink")));
		properties.put("v1.0", "odd");
		return new RecordInFlight(properties);
	}

	private static Map<String, @Nullable Object> sku(@Nullable String value) {
		Map<String, @Nullable Object> line = new LinkedHashMap<>();
		line.put("sku", value);
		return line;
	}

}
