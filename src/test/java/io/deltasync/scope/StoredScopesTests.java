package io.deltasync.scope;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.deltasync.codec.PullSource;
import io.deltasync.codec.ValueCodec;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Scopes and properties of rejects that versions have stored, which all later versions
 * must be able to read.
 */
class StoredScopesTests {

	@Test
	void pagesAreReadAndWrittenAsTheyWere() throws IOException {
		List<ScopeEntry> scopes = List.of(new ScopeEntry(7, "{\"@long\":5}"), new ScopeEntry(8, null),
				new ScopeEntry(9, "zo\u00eb"));
		assertThat(PageText.read(stored("page-1.json"))).isEqualTo(scopes);
		assertThat(PageText.write(scopes)).isEqualTo(stored("page-1.json"));
	}

	@Test
	void whatALaterVersionAddsToAScopeIsLeftOut() {
		assertThat(PageText.read("[{\"ordinal\":7,\"text\":\"a\",\"weight\":{\"text\":\"b\"},\"lane\":\"x\"}]"))
			.containsExactly(new ScopeEntry(7, "a"));
	}

	@Test
	void propertiesAreReadAndWrittenAsTheyWere() throws IOException {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("id", 7);
		properties.put("number", 7L);
		properties.put("price", new BigDecimal("1.50"));
		properties.put("name", "zo\u00eb");
		properties.put("gone", null);
		properties.put("born", LocalDate.of(2026, 3, 1));
		properties.put("changed", LocalDateTime.of(2026, 3, 1, 10, 15, 30, 123_456_000));
		properties.put("seen", Instant.parse("2026-03-01T10:15:30.123456Z"));
		properties.put("stamp", Timestamp.from(Instant.parse("2026-03-01T10:15:30.123456Z")));
		properties.put("tags", List.of("a", 2, true, 0.5));
		properties.put("address", new LinkedHashMap<>(Map.of("city", "Wien")));
		ValueCodec codec = ValueCodec.ofProperties(PullSource.class);
		assertThat(codec.write(properties)).isEqualTo(stored("properties-1.json"));
		assertThat(codec.read(stored("properties-1.json"))).isEqualTo(properties);
	}

	private static String stored(String name) throws IOException {
		return new ClassPathResource(name, StoredScopesTests.class).getContentAsString(StandardCharsets.UTF_8).strip();
	}

}
