package io.deltasync.delivered;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ContentDigestTests {

	private final ContentDigest digest = new ContentDigest();

	@Test
	void orderOfPropertiesDoesNotMatter() {
		Map<String, Object> one = new LinkedHashMap<>();
		one.put("a", 1);
		one.put("b", new LinkedHashMap<>(Map.of("c", 2)));
		one.put("d", null);
		Map<String, Object> other = new LinkedHashMap<>();
		other.put("d", null);
		other.put("b", Map.of("c", 2));
		other.put("a", 1);
		assertThat(of(one)).isEqualTo(of(other)).hasSize(64);
	}

	@Test
	void everythingElseDoes() {
		List<Object> values = new ArrayList<>(Arrays.asList(1, 1L, "1", 1.0, new BigDecimal("1"), new BigDecimal("1.0"),
				true, "true", null, "null", new byte[] { 49 }, List.of(1), List.of("1"), Map.of("1", 1), List.of(),
				Map.of(), LocalDateTime.of(2026, 1, 1, 0, 0), "2026-01-01T00:00", Thread.State.NEW, "NEW"));
		assertThat(values.stream().map((value) -> of(Collections.singletonMap("a", value)))).doesNotContainNull()
			.doesNotHaveDuplicates();
		assertThat(of(Map.of("a", "b"))).isNotEqualTo(of(Map.of("ab", "")));
		assertThat(of(Collections.singletonMap("a", null))).isNotEqualTo(of(Map.of()));
	}

	@Test
	void binariesAreToldByTheirBytes() {
		assertThat(of(Map.of("a", new byte[] { 1, 2 }))).isEqualTo(of(Map.of("a", new byte[] { 1, 2 })))
			.isNotEqualTo(of(Map.of("a", new byte[] { 1, 3 })));
	}

	@Test
	void whatCannotBeToldByItsTextHasNoDigest() {
		assertThat(of(Map.of("a", List.of(new Object())))).isNull();
		assertThat(of(Map.of("a", 1))).isEqualTo(new ContentDigest().of(Map.of("a", 1)));
	}

	private String of(Map<String, ?> properties) {
		return this.digest.of(properties);
	}

}
