package io.deltasync.api;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A path as it is used for many records; what a path means is tested with
 * {@link RecordInFlightTests}.
 */
class PropertyPathTests {

	private final PropertyPath path = PropertyPath.of("a.b[0].c");

	@Test
	void parsedPathCanReadManyRecords() {
		assertThat(this.path.get(record(1))).isEqualTo(1);
		assertThat(this.path.get(record(2))).isEqualTo(2);
		assertThat(this.path.get(Map.of())).isNull();
		assertThat(this.path.isIn(record(null))).isTrue();
		assertThat(this.path.isIn(Map.of("a", Map.of("b", List.of())))).isFalse();
	}

	@Test
	void propertyNamedLikeAPathTakesPrecedence() {
		Map<String, @Nullable Object> properties = record(1);
		properties.put("a.b[0].c", 2);

		assertThat(this.path.get(properties)).isEqualTo(2);
		this.path.set(properties, 3);
		assertThat(properties).containsEntry("a.b[0].c", 3);
		assertThat(properties.get("a")).isEqualTo(record(1).get("a"));
	}

	@Test
	void writingCopiesNestedValuesInsteadOfChangingThem() {
		Map<String, @Nullable Object> properties = record(1);
		Map<String, @Nullable Object> copy = new LinkedHashMap<>(properties);

		this.path.set(copy, 2);

		assertThat(this.path.get(copy)).isEqualTo(2);
		assertThat(this.path.get(properties)).isEqualTo(1);
	}

	@Test
	void aPathConsistsOfNamesAndIndexes() {
		assertThat(this.path.steps()).containsExactly("a", "b", 0, "c");
		assertThat(this.path).isEqualTo(PropertyPath.of("a.b[0].c"))
			.isNotEqualTo(PropertyPath.of("a.b[1].c"))
			.hasToString("a.b[0].c");
		assertThatIllegalArgumentException().isThrownBy(() -> PropertyPath.of("a..b"));
	}

	private static Map<String, @Nullable Object> record(@Nullable Object value) {
		Map<String, @Nullable Object> inner = new LinkedHashMap<>();
		inner.put("c", value);
		Map<String, @Nullable Object> properties = new LinkedHashMap<>();
		properties.put("a", Map.of("b", Arrays.asList(inner)));
		return properties;
	}

}
