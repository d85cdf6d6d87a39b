package io.deltasync.link;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkFingerprintTests {

	private static final String YAML = """
			deltasync:
			  links:
			    customers:
			      batch-size-limit: 50
			      source: { adapter: db, table: a, connection: "${SHOP:shop}", password: one }
			      target: { adapter: plain, table: b }
			      filters: [ a, b ]
			    orders:
			      source: { adapter: db, table: c }
			""";

	@Test
	void theSameConfigurationHasTheSameFingerprintWhereverItComesFrom() {
		String fingerprint = of(YAML);

		assertThat(fingerprint).hasSize(64).isEqualTo(of(YAML));
		YamlEnvironment other = new YamlEnvironment(YAML.replace("      batch-size-limit: 50\n", ""))
			.withVariables(Map.of("DELTASYNC_LINKS_CUSTOMERS_BATCHSIZELIMIT", "50", "SHOP", "shop"));
		assertThat(LinkFingerprint.of(other, "customers")).isEqualTo(fingerprint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "batch-size-limit: 50>batch-size-limit: 51", "table: b>table: d", "[ a, b ]>[ b, a ]",
			"      batch-size-limit: 50\n>", "${SHOP:shop}>crm" })
	void whateverIsConfiguredOtherwiseTells(String change) {
		String[] parts = change.split(">", 2);

		assertThat(of(YAML.replace(parts[0], parts[1]))).isNotEqualTo(of(YAML));
	}

	@Test
	void placeholdersCountByTheirValues() {
		YamlEnvironment environment = new YamlEnvironment(YAML).withVariables(Map.of("SHOP", "crm"));

		assertThat(LinkFingerprint.of(environment, "customers")).isNotEqualTo(of(YAML));
	}

	@Test
	void neitherSecretsNorOtherLinksCount() {
		assertThat(of(YAML.replace("password: one", "password: two").replace("table: c", "table: d")))
			.isEqualTo(of(YAML));
	}

	@Test
	void propertiesOfRecordsCountWhateverTheirNames() {
		String yaml = YAML + """
				deltasync.links.customers.mapping.rename: { token: token_%s }
				deltasync.links.customers.soft-delete: { password: %s }
				""";

		assertThat(of(yaml.formatted("a", "x"))).isNotEqualTo(of(yaml.formatted("b", "x")))
			.isNotEqualTo(of(yaml.formatted("a", "y")));
	}

	private static String of(String yaml) {
		return LinkFingerprint.of(new YamlEnvironment(yaml), "customers");
	}

}
