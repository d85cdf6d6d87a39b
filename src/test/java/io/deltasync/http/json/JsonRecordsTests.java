package io.deltasync.http.json;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonRecordsTests {

	private static JsonRecords reader(String json, String records, String... wanted) {
		return new JsonRecords(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)),
				JsonPath.ofMany(records), Arrays.stream(wanted).map(JsonPath::of).toList(), 1000);
	}

	private static List<Object> all(Iterator<Object> reader) {
		List<Object> all = new ArrayList<>();
		reader.forEachRemaining(all::add);
		return all;
	}

	@Test
	void recordsAreTheElementsAtThePathAndOtherFieldsAreKept() {
		JsonRecords reader = reader(
				"""
						{"meta":{"total":3,"next":{"a":[1]}},"x":[[{}],{"items":[9]}],
						"data":{"old":[8],"items":[{"id":1},{"id":2,"a":{"b":[true,null]}}]},"meta2":7,"links":{"next":"/p2"}}""",
				"data.items", "meta.total", "links.next", "meta.next", "none");

		assertThat(all(reader))
			.isEqualTo(List.of(Map.of("id", 1L), Map.of("id", 2L, "a", Map.of("b", Arrays.asList(true, null)))));
		assertThat(reader.field(JsonPath.of("meta.total"))).isEqualTo(3L);
		assertThat(reader.field(JsonPath.of("links.next"))).isEqualTo("/p2");
		assertThat(reader.field(JsonPath.of("meta.next"))).as("an object").isNull();
		assertThat(reader.field(JsonPath.of("none"))).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			[{"id":1},{"id":2}]  | ''   | 2
			[]                   | ''   | 0
			{"id":1}             | ''   | 1
			{"d":{"id":1}}       | d    | 1
			{"d":[],"e":1}       | d    | 0
			[1,"a"]              | ''   | 2
			""")
	void anArrayHasManyRecordsAndAnObjectIsOne(String json, String records, int count) {
		assertThat(all(reader(json, records))).hasSize(count);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			{"d":[{"i":[{"n":1},{"n":2}]},{"x":9,"i":[{"n":3}],"y":[{"n":8}]}]} | d.*.i   | 1 2 3
			{"d":[{"i":[{"n":1},{"n":2}]},{"i":[{"n":3}]}],"i":[{"n":9}]}       | d[*].i  | 1 2 3
			{"d":{"a":{"i":[{"n":1}]},"b":{"i":[{"n":2}]}}}                     | d.*.i   | 1 2
			{"d":{"a":{"n":1},"b":{"n":2}},"e":{"n":9}}                         | d.*     | 1 2
			{"d":[[{"n":1},{"n":2}],[],[{"n":3}]]}                              | d.*     | 1 2 3
			[{"i":[{"n":1}]},{"i":[]},{"i":null},{},{"i":{"n":2}}]              | [*].i   | 1 2
			[{"a":[{"b":{"n":1}},{"b":{"n":2}}]},{"a":[{"b":{"n":3}}]}]         | *.a.*.b | 1 2 3
			[[[{"n":1}],[{"n":2}]],[[{"n":3}]]]                                 | *.*     | 1 2 3
			{"d":[]}                                                            | d.*.i   | ~~
			{"d":{}}                                                            | d.*.i   | ~~
			[{"a":[]}]                                                          | *.a.*.b | ~~
			""")
	void recordsAreAtEachPlaceThatAPathLeadsTo(String json, String records, String numbers) {
		JsonRecords reader = reader(json.replaceFirst("^\\{", "{\"total\":7,"), records, "total");

		List<Object> found = all(reader);

		assertThat(found.stream().map((record) -> String.valueOf(((Map<?, ?>) record).get("n"))))
			.containsExactlyElementsOf(
					(numbers != null && !numbers.isEmpty()) ? List.of(numbers.split(" ")) : List.of());
		if (json.startsWith("{")) {
			assertThat(reader.field(JsonPath.of("total"))).isEqualTo(7L);
		}
	}

	private static JsonRecords children(String json, String records, Map<String, String> parent) {
		JsonPath path = JsonPath.ofMany(records);
		return new JsonRecords(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), path,
				ParentPaths.of(path, parent), List.of(JsonPath.of("total")), 1000);
	}

	@Test
	void recordsReceivePropertiesOfTheElementAroundThem() {
		String json = """
				{"data":{"orders":[
				{"id":1,"customer":{"x":{},"id":"c1"},"none":null,"lines":[{"n":1},{"n":2}],"id2":0},
				{"none":[1],"customer":{"id":"c2"},"id":2,"lines":[{"n":3}]},{"lines":[]},{"id":4}]},"total":3}""";

		JsonRecords reader = children(json, "data.orders[*].lines",
				Map.of("order", "id", "customer", "customer.id", "none", "none"));

		assertThat(reader).toIterable()
			.containsExactly(mapOf("n", 1L, "order", 1L, "customer", "c1", "none", null),
					mapOf("n", 2L, "order", 1L, "customer", "c1", "none", null),
					mapOf("n", 3L, "order", 2L, "customer", "c2", "none", List.of(1L)));
		assertThat(reader.field(JsonPath.of("total"))).isEqualTo(3L);
		assertThat(all(children("{\"a\":{\"id\":1,\"i\":{\"n\":1}},\"b\":{\"id\":2,\"i\":{\"n\":2}}}", "*.i",
				Map.of("p", "id"))))
			.containsExactly(mapOf("n", 1L, "p", 1L), mapOf("n", 2L, "p", 2L));
		assertThat(all(children("[{\"id\":1,\"a\":[{\"id\":2,\"b\":[{\"n\":1}]}]}]", "*.a.*.b", Map.of("p", "id"))))
			.as("the innermost element")
			.containsExactly(mapOf("n", 1L, "p", 2L));
	}

	private static Map<String, Object> mapOf(Object... entries) {
		Map<String, Object> map = new HashMap<>();
		for (int i = 0; i < entries.length; i += 2) {
			map.put((String) entries[i], entries[i + 1]);
		}
		return map;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					[{"i":[{"n":1}],"id":1}]            | has no '*.id' before '*.i': 'parent' takes only properties that each element has
					[{"id":1,"i":[]},{"i":[{"n":1}]}]   | has no '*.id' before '*.i'
					[{"id":1,"i":[{"n":1,"p":null}]}]   | has a record with a property 'p' of its own; choose another name in 'parent'
					""")
	void propertyThatComesLateOrTwiceIsAnError(String json, String message) {
		assertThatExceptionOfType(AnswerException.class)
			.isThrownBy(() -> all(children(json, "[*].i", Map.of("p", "id"))))
			.withMessageStartingWith(message);
	}

	@Test
	void longPropertyOfAnElementIsAnError() {
		assertThatExceptionOfType(AnswerException.class)
			.isThrownBy(() -> all(children("[{\"id\":[%s1],\"i\":[{\"n\":1}]}]".formatted("1,".repeat(2000)), "[*].i",
					Map.of("p", "id"))))
			.withMessageContaining("raise max-record-size");
	}

	@Test
	void aPathToManyPlacesIsForRecordsAlone() {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> JsonPath.of("meta.*.total"))
			.withMessageContaining("'*' stands for many places");
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> JsonPath.ofMany("a[*]..b"))
			.withMessageContaining("'a[*]..b'");
	}

	@Test
	void noDigitIsLost() {
		assertThat(all(reader("[12345678901234567890, 0.10, 1e2, 9007199254740993]", ""))).containsExactly(
				new BigInteger("12345678901234567890"), new BigDecimal("0.10"), new BigDecimal("1E+2"),
				9007199254740993L);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"error":"no"}         | data | has no field 'data'
			{"data":null}          | data | has null
			{"data":[{"itmes":[]}]} | data.*.items | has no field 'data.*.items'
			{"data":[{}]}          | data.*.a.*.b | has no field
			{"data":7}             | data.*.items | has no field
			{"data":[{"items":7}]} | data.*.items | has a single value
			{"data":"none"}        | data | has a single value
			[{"data":[]}]          | data | has no field 'data'
			{"data":[{"id":1},     | data | is not JSON
			{"data":[{"id":1}      | data | is not JSON
			{"data":[{"id":1}]     | data | is not JSON
			{"data":[{"id          | data | is not JSON
			<html></html>          | ''   | is not JSON
			''                     | ''   | is empty
			[{"id":1}][{"id":2}]   | ''   | has a second document
			[1] x                  | ''   | is not JSON
			""")
	void whatIsNotRecognisedFails(String json, String records, String message) {
		assertThatExceptionOfType(AnswerException.class).isThrownBy(() -> all(reader(json, records)))
			.withMessageContaining(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"%s\"", "{\"a\":\"%s\"}", "[\"%s\"]" })
	void recordThatIsTooLongFails(String record) {
		String fits = "[" + record.formatted("x".repeat(900)) + "]";
		String tooLong = "[" + record.formatted("x".repeat(9000)) + "]";

		assertThat(all(reader(fits, ""))).hasSize(1);
		assertThatExceptionOfType(AnswerException.class).isThrownBy(() -> all(reader(tooLong, "")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[{\"id\":1},{\"n\":[1e999999999]}]", "[{\"id\":1},{\"n\":1.5E-2000}]" })
	void numberThatWouldTakeMuchMemoryFails(String json) {
		JsonRecords reader = reader(json, "");
		assertThat(reader.next()).isEqualTo(Map.of("id", 1L));

		assertThatExceptionOfType(AnswerException.class).isThrownBy(reader::next)
			.withMessage("has a number with an exponent of more than 1000, in the record at byte 10");
	}

	@Test
	void recordOfManyFieldsThatIsTooLongFails() {
		String record = "{" + String.join(",", IntStream.range(0, 500).mapToObj((i) -> "\"f" + i + "\":1").toList())
				+ "}";

		assertThatExceptionOfType(AnswerException.class).isThrownBy(() -> all(reader("[1," + record + "]", "")))
			.withMessage("has a record that is longer than 1,000 bytes, at byte 3; raise max-record-size");
	}

	@Test
	void memoryDoesNotGrowWithTheDocument() {
		String record = "{\"id\":1,\"text\":\"" + "x".repeat(500) + "\"}";
		byte[] many = (record + "," + record + ",").getBytes(StandardCharsets.UTF_8);
		Iterator<InputStream> parts = Stream
			.concat(Stream.concat(Stream.of("[".getBytes(StandardCharsets.UTF_8)),
					Stream.generate(() -> many).limit(200_000)),
					Stream.of((record + "]").getBytes(StandardCharsets.UTF_8)))
			.<InputStream>map(ByteArrayInputStream::new)
			.iterator();
		InputStream document = new SequenceInputStream(new Enumeration<>() {

			@Override
			public boolean hasMoreElements() {
				return parts.hasNext();
			}

			@Override
			public InputStream nextElement() {
				return parts.next();
			}

		});
		JsonRecords reader = new JsonRecords(document, JsonPath.of(""), Collections.emptyList(), 1000);
		long before = used();
		long most = 0;
		int count = 0;
		while (reader.hasNext()) {
			reader.next();
			if (++count % 100_000 == 0) {
				most = Math.max(most, used() - before);
			}
		}
		assertThat(count).isEqualTo(400_001);
		assertThat(most).isLessThan(20_000_000);
	}

	private static long used() {
		System.gc();
		return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
	}

}
