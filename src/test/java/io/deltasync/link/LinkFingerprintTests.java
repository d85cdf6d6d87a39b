package io.deltasync.link;

import java.util.Map;

import io.deltasync.config.YamlEnvironment;
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

	private static final String CONNECTIONS = """
			deltasync:
			  connections:
			    shop:
			      url: "jdbc:mysql://me:s3cret@h1/a?zone=a&password=s3cret"
			      username: me
			      password: s3cret
			      pool-size: 3
			      properties: { fast: true, trust-store-password: s3cret }
			    dwh: { url: "jdbc:mysql://h2/b" }
			    local: { url: "jdbc:mysql://h3/c" }
			    unused: { url: "jdbc:mysql://h5/d" }
			  links:
			    customers:
			      local-connection: local
			      source: { adapter: jdbc, connection: shop, table: a }
			      target: { adapter: jdbc, connection: dwh, table: b }
			""";

	@Test
	void fingerprintDoesNotDependOnTheConfigurationSource() {
		String fingerprint = of(YAML);

		assertThat(fingerprint).hasSize(64).isEqualTo(of(YAML));
		YamlEnvironment other = new YamlEnvironment(YAML.replace("      batch-size-limit: 50\n", ""))
			.withVariables(Map.of("DELTASYNC_LINKS_CUSTOMERS_BATCHSIZELIMIT", "50", "SHOP", "shop"));
		assertThat(LinkFingerprint.of(other, "customers")).isEqualTo(fingerprint);
	}

	@ParameterizedTest
	@ValueSource(strings = { "batch-size-limit: 50>batch-size-limit: 51", "table: b>table: d", "[ a, b ]>[ b, a ]",
			"      batch-size-limit: 50\n>", "${SHOP:shop}>crm" })
	void anyDifferentSettingChangesTheFingerprint(String change) {
		String[] parts = change.split(">", 2);

		assertThat(of(YAML.replace(parts[0], parts[1]))).isNotEqualTo(of(YAML));
	}

	@Test
	void fingerprintUsesTheValuesOfPlaceholders() {
		YamlEnvironment environment = new YamlEnvironment(YAML).withVariables(Map.of("SHOP", "crm"));

		assertThat(LinkFingerprint.of(environment, "customers")).isNotEqualTo(of(YAML));
	}

	@Test
	void secretsAndOtherLinksDoNotCount() {
		assertThat(of(YAML.replace("password: one", "password: two").replace("table: c", "table: d")))
			.isEqualTo(of(YAML));
	}

	@Test
	void recordPropertiesCountEvenIfTheyAreNamedLikeSecrets() {
		String yaml = YAML + """
				deltasync.links.customers.mapping.rename: { token: token_%s }
				deltasync.links.customers.soft-delete: { password: %s }
				""";

		assertThat(of(yaml.formatted("a", "x"))).isNotEqualTo(of(yaml.formatted("b", "x")))
			.isNotEqualTo(of(yaml.formatted("a", "y")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "h1/a>h2/a", "h1/a>h1/b", "username: me>username: you", "?zone=a>?zone=b",
			"fast: true>fast: false", "h3/c>h4/c" })
	void connectionsOfALinkCount(String change) {
		String[] parts = change.split(">");

		assertThat(of(CONNECTIONS.replace(parts[0], parts[1]))).isNotEqualTo(of(CONNECTIONS));
	}

	@Test
	void secretsAndPoolsAndOtherConnectionsDoNotCount() {
		assertThat(
				of(CONNECTIONS.replace("s3cret", "other").replace("h5", "h6").replace("pool-size: 3", "pool-size: 4")))
			.isEqualTo(of(CONNECTIONS));
	}

	@Test
	void allConnectionsCountIfAnAdapterNamesNone() {
		String yaml = CONNECTIONS.replace("connection: dwh, ", "");

		assertThat(of(yaml.replace("h5", "h6"))).isNotEqualTo(of(yaml));
	}

	@ParameterizedTest
	@ValueSource(strings = { "api-key", "access-key", "private-key", "authorization", "passkey", "token", "credential",
			"headers.authorization" })
	void secretsMayBeRotatedWhateverTheirNames(String name) {
		String yaml = YAML + "deltasync.links.customers.source." + name + ": %s\n";

		assertThat(of(yaml.formatted("one"))).isEqualTo(of(yaml.formatted("two")));
	}

	private static String of(String yaml) {
		return LinkFingerprint.of(new YamlEnvironment(yaml), "customers");
	}

}
