package io.deltasync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTreeTests {

	private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("deltasync.links");

	@Test
	void partListsOnlyItsOwnNames() {
		Map<ConfigurationPropertyName, ConfigurationTree> few = parts(10);
		Map<ConfigurationPropertyName, ConfigurationTree> many = parts(500);

		assertThat(few).hasSize(10);
		assertThat(many).hasSize(500);
		ConfigurationPropertyName first = ROOT.append("link0");
		assertThat(listed(many.get(first))).isEqualTo(listed(few.get(first)))
			.isNotEmpty()
			.allMatch((name) -> first.isAncestorOf(name));
		assertThat(many.values().stream().mapToInt((part) -> listed(part).size()).sum())
			.as("all parts together list each name once")
			.isEqualTo(50 * few.values().stream().mapToInt((part) -> listed(part).size()).sum());
	}

	@Test
	void partMergesAllSourcesWhateverTheirSpelling() {
		YamlEnvironment environment = new YamlEnvironment("deltasync.links.my-link: { table: a, lanes: 2 }")
			.withVariables(Map.of("DELTASYNC_LINKS_MYLINK_LANES", "3", "DELTASYNC_LINKS_MYLINK_BATCHSIZELIMIT", "4"));
		ConfigurationTree part = new ConfigurationTree(environment).parts(ROOT).get(ROOT.append("my-link"));

		assertThat(part.names(ROOT.append("my-link"))).hasSize(3);
		assertThat(part.property(ROOT.append("my-link.lanes")).getValue()).isEqualTo("3");
		assertThat(part.property(ROOT.append("my-link.batch-size-limit")).getValue()).isEqualTo("4");
		assertThat(part.property(ROOT.append("my-link.table")).getValue()).isEqualTo("a");
	}

	private static Map<ConfigurationPropertyName, ConfigurationTree> parts(int links) {
		StringBuilder yaml = new StringBuilder("deltasync:\n  links:\n");
		for (int i = 0; i < links; i++) {
			yaml.append("    link%d: { source: { adapter: db, table: a }, lanes: 3 }\n".formatted(i));
		}
		return new ConfigurationTree(new YamlEnvironment(yaml.toString())).parts(ROOT);
	}

	private static List<ConfigurationPropertyName> listed(ConfigurationTree part) {
		List<ConfigurationPropertyName> names = new ArrayList<>();
		part.sources().forEach((source) -> ((IterableConfigurationPropertySource) source).forEach(names::add));
		return names;
	}

}
