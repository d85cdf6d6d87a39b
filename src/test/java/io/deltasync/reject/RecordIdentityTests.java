package io.deltasync.reject;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.codec.ValueCodec;
import io.deltasync.config.Mask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What tells a record from all others.
 */
class RecordIdentityTests {

	private final ValueCodec codec = ValueCodec.ofProperties(SourceAdapter.class);

	@Test
	void recordsWithEqualBinaryKeysAreTheSame() {
		assertThat(id(Map.of("id", new byte[] { 1, 2 }), "id")).isEqualTo(id(Map.of("id", new byte[] { 1, 2 }), "id"))
			.isNotEqualTo(id(Map.of("id", new byte[] { 1, 3 }), "id"));
	}

	@Test
	void partsOfAKeyAreToldApartWhereverTheyAreCut() {
		assertThat(id(Map.of("a", "12", "b", "3"), "a", "b")).isNotEqualTo(id(Map.of("a", "1", "b", "23"), "a", "b"));
		Map<String, Object> unknown = new HashMap<>();
		unknown.put("a", null);
		assertThat(id(unknown, "a")).isNotEqualTo(id(Map.of("a", "null"), "a"));
	}

	@Test
	void keysAreComparedByTheirValuesAndNotByTheirTexts() {
		assertThat(id(Map.of("at", new Date(1_000)), "at")).isNotEqualTo(id(Map.of("at", new Date(1_500)), "at"))
			.isEqualTo(id(Map.of("at", new Timestamp(1_000)), "at"));
		assertThat(id(Map.of("id", 7L), "id")).isEqualTo(id(Map.of("id", new BigDecimal("7.00")), "id"))
			.isNotEqualTo(id(Map.of("id", "7"), "id"));
	}

	@Test
	void keyThatCannotBeComparedIsNamedAndIdentifiesNothing() {
		RecordInFlight record = new RecordInFlight(Map.of("id", 1, "part", new StringBuilder("x")))
			.identifiedBy(List.of("id", "part"));
		assertThat(RecordIdentity.keyProblem(record)).contains("'part'", "StringBuilder");
		assertThat(RecordIdentity.hasKey(record)).isFalse();
		assertThat(RecordIdentity.recordId(record, this.codec)).hasSizeLessThanOrEqualTo(64)
			.isNotEqualTo(RecordIdentity.recordId(record, this.codec));
	}

	@Test
	void versionsOfARecordHaveItsKeyAndContentsOfTheirOwn() {
		RecordIdentity one = identity(Map.of("id", 1, "name", "one"), List.of(), 100, "id");
		RecordIdentity other = identity(Map.of("id", 1, "name", "other"), List.of(), 100, "id");
		assertThat(one.recordId()).isEqualTo(other.recordId()).isEqualTo(id(Map.of("id", 1), "id"));
		assertThat(one.contentId()).isNotEqualTo(other.contentId())
			.isEqualTo(identity(Map.of("name", "one", "id", 1), List.of(), 100, "id").contentId());
		assertThat(one.properties()).contains("\"id\":1", "\"name\":\"one\"");
		assertThat(one.notRestorable()).isNull();
	}

	@Test
	void idsOfAllTypesAreTheSameInAllVersions() {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", 4711L);
		properties.put("code", "zo\u00eb \ud83d\ude00");
		properties.put("none", null);
		properties.put("flag", true);
		properties.put("numbers", List.of(1, 2L, -0.0, Double.NaN, 1.5f, new BigDecimal("1.50")));
		properties.put("times", List.of(LocalDate.of(2026, 3, 1), LocalDateTime.of(2026, 3, 1, 10, 15),
				Instant.parse("2026-03-01T10:15:00Z"), new Timestamp(1_500), new Date(1_000)));
		properties.put("bytes", new byte[] { 1, 2 });
		properties.put("map", Map.of("z", 1, "a", List.of()));
		RecordIdentity identity = identity(properties, List.of(), 1000, "id", "code");
		assertThat(identity.recordId()).isEqualTo("283497308fb457db3b90a4c05d874a7d8b038c84d054cab8f289e44d145cc780");
		assertThat(identity.contentId()).isEqualTo("5886d4b5336d4c29e6c55f3dd27e6fbe975ecb4a53f4bde20e53c41357682fa7");
		assertThat(identity.properties()).isEqualTo("""
				{"bytes":{"@bytes":"AQI="},"code":"zo\u00eb \\uD83D\\uDE00","flag":true,"id":{"@long":4711},\
				"map":{"a":[],"z":1},"none":null,\
				"numbers":[1,{"@long":2},-0.0,{"@double":"NaN"},{"@float":"1.5"},{"@decimal":"1.50"}],\
				"times":[{"@date":"2026-03-01"},{"@datetime":"2026-03-01T10:15"},{"@instant":"2026-03-01T10:15:00Z"},\
				{"@sqltimestamp":"1970-01-01T00:00:01.500Z"},{"@utildate":1000}]}""");
	}

	@Test
	void recordWithoutAKeyIsToldByItsContent() {
		RecordIdentity identity = identity(Map.of("name", "one"), List.of(), 100);
		assertThat(identity.recordId()).isEqualTo(identity.contentId()).isEqualTo(id(Map.of("name", "one")));
		assertThat(identity.recordId()).isNotEqualTo(id(Map.of("name", "other")));
	}

	@Test
	void recordsWithoutAValueForTheirKeyAreNotOneRecord() {
		Map<String, Object> one = Collections.singletonMap("id", null);
		Map<String, Object> other = new HashMap<>(one);
		other.put("name", "other");
		assertThat(id(one, "id")).isEqualTo(id(one)).isNotEqualTo(id(other, "id"));
		assertThat(id(other, "id")).isEqualTo(id(other)).isNotEqualTo(id(other, "id", "name"));
		assertThat(id(Map.of("name", "x"), "nmae")).isEqualTo(id(Map.of("name", "x")));
		assertThat(id(Map.of("name", "x"), "price [EUR]")).isEqualTo(id(Map.of("name", "x")));
	}

	@Test
	void keyMayBeAPartOfAProperty() {
		assertThat(id(Map.of("meta", Map.of("id", 1), "v", 1), "meta.id"))
			.isEqualTo(id(Map.of("meta", Map.of("id", 1), "v", 2), "meta.id"))
			.isNotEqualTo(id(Map.of("meta", Map.of("id", 2), "v", 1), "meta.id"));
	}

	@Test
	void maskedValuesAreNotStoredAndTellVersionsApartAllTheSame() {
		RecordIdentity one = identity(Map.of("id", 1, "secret", "4711"), List.of("secret"), 100, "id");
		assertThat(one.properties()).contains("\"secret\":\"***\"").doesNotContain("4711");
		assertThat(one.notRestorable()).contains("masked");
		assertThat(one.contentId())
			.isNotEqualTo(identity(Map.of("id", 1, "secret", "4712"), List.of("secret"), 100, "id").contentId());
		assertThat(identity(Map.of("id", 1), List.of("secret"), 100, "id").notRestorable()).as("has none").isNull();
	}

	@Test
	void propertiesAreStoredUpToTheirLimit() {
		Map<String, Object> properties = Map.of("id", 1);
		int length = identity(properties, List.of(), 100, "id").properties().length();
		assertThat(identity(properties, List.of(), length, "id").properties()).isNotNull();
		RecordIdentity longer = identity(properties, List.of(), length - 1, "id");
		assertThat(longer.properties()).isNull();
		assertThat(longer.notRestorable()).contains("%d characters".formatted(length), "max-reject-size");
		assertThat(longer.recordId()).isEqualTo(id(properties, "id"));
	}

	@Test
	void whatCannotBeWrittenDownIsToldByItsKeyOrByNothing() {
		Map<String, Object> properties = Map.of("id", 1, "thread", Thread.currentThread());
		RecordIdentity identity = identity(properties, List.of(), 100, "id");
		assertThat(identity.recordId()).isEqualTo(id(properties, "id"));
		assertThat(identity.properties()).isNull();
		assertThat(identity.notRestorable()).contains("cannot be stored");
		assertThat(identity(properties, List.of(), 100).recordId()).isNotEqualTo(id(properties));
		assertThat(identity.contentId()).as("nobody can tell whether it is the same version")
			.isNotEqualTo(identity(properties, List.of(), 100, "id").contentId());
		assertThat(identity(properties, List.of("secret"), 100, "id").notRestorable())
			.isEqualTo("its properties cannot be stored");
	}

	@Test
	void reasonCanBeAddedAfterwards() {
		RecordIdentity identity = identity(Map.of("id", 1), List.of(), 100, "id");
		assertThat(identity.withoutProperties("logging: none"))
			.isEqualTo(new RecordIdentity(identity.recordId(), identity.contentId(), null, "logging: none"));
		assertThat(identity.notRestorable("deleted later")).isEqualTo(
				new RecordIdentity(identity.recordId(), identity.contentId(), identity.properties(), "deleted later"));
	}

	private RecordIdentity identity(Map<String, Object> properties, List<String> masked, int limit, String... key) {
		return RecordIdentity.of(new RecordInFlight(properties).identifiedBy(List.of(key)), this.codec, Mask.of(masked),
				limit);
	}

	private String id(Map<String, Object> properties, String... key) {
		return RecordIdentity.recordId(new RecordInFlight(properties).identifiedBy(List.of(key)), this.codec);
	}

}
