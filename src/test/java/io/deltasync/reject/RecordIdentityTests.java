package io.deltasync.reject;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
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

	private final ValueCodec codec = ValueCodec.ofProperties(SourceAdapter.class, () -> new SourceAdapter() {
	});

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
