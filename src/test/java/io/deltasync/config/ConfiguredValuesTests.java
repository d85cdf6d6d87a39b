package io.deltasync.config;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests {@link ConfiguredValues}.
 */
class ConfiguredValuesTests {

	@Test
	void valuesForPeopleAreShownAsWrittenWithoutSecrets() {
		assertThat(masked(Map.of("source.table", "customers", "source.api-token", "s3cret", "source.url",
				"jdbc:mysql://scott:tiger@db/shop?password=pst&a=b", "target.batchSize", "${SIZE}", "target.note",
				"${NOTE:tiger}", "mapping.password", "secret_column")))
			.containsExactly(Map.entry("mapping.password", "secret_column"), Map.entry("source.api-token", "***"),
					Map.entry("source.table", "customers"),
					Map.entry("source.url", "jdbc:mysql://***@db/shop?password=***&a=b"),
					Map.entry("target.batchSize", "${SIZE}"), Map.entry("target.note", "${NOTE:***}"));
	}

	private static Map<String, String> masked(Map<String, Object> values) {
		StandardEnvironment environment = new StandardEnvironment();
		Map<String, Object> properties = new HashMap<>(Map.of("SIZE", "5", "NOTE", "tiger"));
		values.forEach((key, value) -> properties.put("deltasync.links.shop." + key, value));
		environment.getPropertySources().addFirst(new MapPropertySource("test", properties));
		return new ConfiguredValues(environment, new ConfigurationTree(environment))
			.masked(ConfigurationPropertyName.of("deltasync.links.shop"));
	}

}
