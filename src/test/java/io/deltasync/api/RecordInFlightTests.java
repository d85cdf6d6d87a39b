package io.deltasync.api;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RecordInFlightTests {

	@ParameterizedTest
	@CsvSource({ "id, 7", "address.city, London", "address.lines[0].text, first", "address.lines[1].text, second",
			"matrix[1][0], 3", "a.b, dotted", "a.b[0].c, whole", "tags[2], c" })
	void propertiesAreReadByNameOrByPath(String path, String value) {
		RecordInFlight record = nested();

		assertThat(record.get(path)).hasToString(value);
		assertThat(record.getOriginal(path)).hasToString(value);
		assertThat(record.has(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "nothing", "address.street", "address.lines[2]", "address.lines[2].text", "id.part",
			"id[0]", "tags.size", "address[0]", "nothing.at.all", "nothing[0]", "tags[2147483647]" })
	void missingPropertyIsNullAndAbsent(String path) {
		RecordInFlight record = nested();

		assertThat(record.get(path)).isNull();
		assertThat(record.has(path)).isFalse();
	}

	@Test
	void nullValueIsPresent() {
		RecordInFlight record = nested();

		assertThat(record.get("nobody")).isNull();
		assertThat(record.has("nobody")).isTrue();
		assertThat(record.has("address.nobody")).isTrue();
		assertThat(record.has("nobody.at.home")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a[0]x", "a[0]x[1]", "a[0][1]x.b", "a]0[", "a[x]", "a[-1]", "a[+1]", "a[]", "a[0",
			"a[4294967295]", "a..b", "a.", ".a", "[0]" })
	void malformedPathIsRefused(String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> nested().get(path))
			.withMessageContaining("'" + path + "'");
		assertThatIllegalArgumentException().isThrownBy(() -> nested().set(path, 1))
			.withMessageContaining("'" + path + "'");
	}

	@Test
	void existingPropertyWithAnOddNameIsNotParsedAsAPath() {
		RecordInFlight record = new RecordInFlight(Map.of("price [EUR]", 5, "a[0]x", 6, "v1..2", 7));

		assertThat(record.get("price [EUR]")).isEqualTo(5);
		assertThat(record.set("a[0]x", 8).get("a[0]x")).isEqualTo(8);
		assertThat(record.has("v1..2")).isTrue();
	}

	@Test
	void workingPropertiesAreWrittenByNameOrByPath() {
		RecordInFlight record = nested();

		record.set("id", 8)
			.set("a.b", "changed")
			.set("address.city", "Paris")
			.set("address.lines[0].text", "changed")
			.set("tags[3]", "d")
			.set("matrix[0][1]", null);

		assertThat(record.get("id")).isEqualTo(8);
		assertThat(record.properties()).containsEntry("a.b", "changed");
		assertThat(record.get("address.city")).isEqualTo("Paris");
		assertThat(record.get("address.lines[0].text")).isEqualTo("changed");
		assertThat(record.get("address.lines[1].text")).isEqualTo("second");
		assertThat(record.get("tags")).isEqualTo(List.of("a", "b", "c", "d"));
		assertThat(record.get("matrix")).isEqualTo(List.of(Arrays.asList(1, null), List.of(3, 4)));
	}

	@Test
	void settingAPathCreatesMissingMapsAndLists() {
		RecordInFlight record = new RecordInFlight(Map.of());

		record.set("order.lines[0].items[0]", "pen").set("order.lines[1].items[0]", "ink");

		assertThat(record.properties()).isEqualTo(Map.of("order",
				Map.of("lines", List.of(Map.of("items", List.of("pen")), Map.of("items", List.of("ink"))))));
	}

	@Test
	void originalPropertiesNeverChange() {
		RecordInFlight record = nested();

		record.set("id", 8)
			.set("address.lines[0].text", "changed")
			.set("address.lines[0].text", "again")
			.set("matrix[0][0]", 9)
			.set("nobody.now", "somebody")
			.set("new", 1);

		assertThat(record.originalProperties()).isEqualTo(nested().originalProperties());
		assertThat(record.getOriginal("address.lines[0].text")).isEqualTo("first");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> record.originalProperties().put("id", 9));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> record.properties().put("id", 9));
	}

	@ParameterizedTest
	@CsvSource({ "id.part, leads through a value of type Integer", "tags[7], names element 7 of a list of 3",
			"fresh.list[2], names element 2 of a list of 0", "tags.first, names a part by name",
			"address[0], names an element of a list" })
	void pathThatCannotBeWrittenIsRefusedAndChangesNothing(String path, String message) {
		RecordInFlight record = nested();

		assertThatIllegalArgumentException().isThrownBy(() -> record.set(path, 1)).withMessageContaining(message);
		assertThat(record.properties()).isEqualTo(nested().properties());
	}

	@Test
	void replacedPropertiesCanBeChanged() {
		RecordInFlight record = nested();
		Map<String, Object> replacement = Map.of("id", 1);

		record.replaceProperties(new LinkedHashMap<>(replacement)).set("id", 2);
		assertThat(record.properties()).isEqualTo(Map.of("id", 2));

		record.replaceProperties(replacement);
		assertThat(record.properties()).isEqualTo(Map.of("id", 1));
		record.set("id", 3);
		assertThat(record.get("id")).isEqualTo(3);
		assertThat(replacement).isEqualTo(Map.of("id", 1));

		record.replaceProperties(record.originalProperties()).set("id", 4);
		assertThat(record.getOriginal("id")).isEqualTo(7);
	}

	@Test
	void savepointRestoresPropertiesAndOutcomeAnyNumberOfTimes() {
		RecordInFlight record = nested().set("id", 8);
		record.addWarning("odd");
		Runnable savepoint = record.savepoint();

		for (int i = 0; i < 2; i++) {
			record.set("id", 9).set("address.city", "Paris").set("new", 1);
			record.addWarning("odder");
			record.addError("no good");
			record.ignore("not wanted");
			record.setSuccess(false);
			record.setCreated(true);
			savepoint.run();

			assertThat(record.properties()).containsEntry("id", 8).doesNotContainKey("new");
			assertThat(record.get("address.city")).isEqualTo("London");
			assertThat(record.warnings()).containsExactly("odd");
			assertThat(record.isFailed()).isFalse();
			assertThat(record.isIgnored()).isFalse();
			assertThat(record.isCreated()).isFalse();
		}
	}

	@Test
	void keyConsistsOfOriginalValues() {
		RecordInFlight record = nested();
		assertThat(record.key()).isNull();

		record.identifiedBy(List.of("id", "a.b")).set("id", 99);

		assertThat(record.key()).isEqualTo("7,dotted");
		assertThat(record.identifiedBy(List.of("nobody")).key()).isEqualTo("null");
	}

	@Test
	void defaultOperationIsUpsert() {
		assertThat(nested().operation()).isEqualTo(Operation.UPSERT);
		assertThat(new RecordInFlight(Map.of("id", 1), Operation.DELETE).operation()).isEqualTo(Operation.DELETE);
	}

	@Test
	void newRecordIsNeitherFailedNorIgnored() {
		RecordInFlight record = nested();

		assertThat(record.isFailed()).isFalse();
		assertThat(record.isIgnored()).isFalse();
		assertThat(record.isCreated()).isFalse();
		assertThat(record.ignoreReason()).isNull();
		assertThat(record.errors()).isEmpty();
		assertThat(record.warnings()).isEmpty();
	}

	@Test
	void recordWithAnErrorFailsEvenIfItIsMarkedAsSuccessful() {
		RecordInFlight record = nested();

		record.addError("too long");
		record.addError("not saved", new IOException("disk full"));
		record.addError("not saved", new IOException());
		record.setSuccess(true);

		assertThat(record.isFailed()).isTrue();
		assertThat(record.errors()).containsExactly("too long", "not saved: disk full", "not saved: IOException");
	}

	@Test
	void recordCanFailWithoutAMessage() {
		RecordInFlight record = nested();

		record.setSuccess(false);
		assertThat(record.isFailed()).isTrue();
		record.setSuccess(true);
		assertThat(record.isFailed()).isFalse();
	}

	@Test
	void aWarningDoesNotFailARecord() {
		RecordInFlight record = nested();

		record.addWarning("odd");
		record.addWarning("odd", new IOException("slow"));

		assertThat(record.isFailed()).isFalse();
		assertThat(record.warnings()).containsExactly("odd", "odd: slow");
	}

	@Test
	void ignoredRecordHasAReason() {
		RecordInFlight record = nested();

		record.ignore("inactive");
		record.setCreated(true);

		assertThat(record.isIgnored()).isTrue();
		assertThat(record.ignoreReason()).isEqualTo("inactive");
		assertThat(record.isFailed()).isFalse();
		assertThat(record.isCreated()).isTrue();
	}

	@Test
	void textContainsNoValuesExceptTheKey() {
		RecordInFlight record = new RecordInFlight(Map.of("salary", 123456)).identifiedBy(List.of());

		assertThat(record).hasToString("RecordInFlight[key=null, properties=[salary]]");
	}

	private static RecordInFlight nested() {
		Map<String, @Nullable Object> address = new LinkedHashMap<>();
		address.put("city", "London");
		address.put("nobody", null);
		address.put("lines", List.of(Map.of("text", "first"), Map.of("text", "second")));
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		properties.put("nobody", null);
		properties.put("address", address);
		properties.put("tags", List.of("a", "b", "c"));
		properties.put("matrix", List.of(List.of(1, 2), List.of(3, 4)));
		properties.put("a.b", "dotted");
		properties.put("a.b[0].c", "whole");
		return new RecordInFlight(properties);
	}

	@Test
	void nullMessageFailsOnlyItsRecord() {
		RecordInFlight record = new RecordInFlight(Map.of());

		record.addError((String) null);
		record.addWarning((String) null);
		record.ignore(null);
		record.savepoint().run();

		assertThat(record.isFailed()).isTrue();
		assertThat(record.errors()).containsExactly("null");
		assertThat(record.warnings()).containsExactly("null");
		assertThat(record.isIgnored()).isTrue();
	}

}
