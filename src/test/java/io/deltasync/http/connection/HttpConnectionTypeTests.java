package io.deltasync.http.connection;

import java.util.List;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import io.deltasync.connection.ConfiguredConnections;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How connections of the type {@code http} are configured beside those to databases.
 */
class HttpConnectionTypeTests {

	private final HttpConnectionType type = new HttpConnectionType();

	@Test
	void typeDecidesOnTheSettings() {
		ConfiguredConnections connections = connections("""
				crm: { url: "jdbc:h2:mem:a" }
				erp: { type: JDBC, url: "jdbc:h2:mem:b" }
				shop: { type: http, url: "HTTPS://API.example.com:443/v2/", auth: { type: bearer, token: "geheim" } }
				""");

		assertThat(connections.get("erp")).isNotNull();
		assertThat(connections.settings("shop", this.type))
			.hasToString("HTTPS://API.example.com:443/v2/ with authentication bearer");
		assertThat(connections.location("shop")).isEqualTo("https://api.example.com/v2");
		assertThat(connections.type("shop")).isEqualTo("http");
		assertThat(connections.type("crm")).isEqualTo("jdbc");
		assertThat(connections.location("crm")).isEqualTo("h2:mem:a/PUBLIC");
		assertThat(connections.uses()).extracting("name").containsExactly("crm", "erp");
	}

	@Test
	void connectionOfAnotherTypeIsRefusedWithBothTypes() {
		ConfiguredConnections connections = connections("""
				crm: { url: "jdbc:h2:mem:a" }
				shop: { type: http, url: "https://api.example.com" }
				""");

		assertThatIllegalArgumentException().isThrownBy(() -> connections.get("shop"))
			.withMessage("connection 'shop' has the type http; name a connection of the type jdbc");
		assertThatIllegalArgumentException().isThrownBy(() -> connections.settings("crm", this.type))
			.withMessage("connection 'crm' has the type jdbc; name a connection of the type http");
		assertThatIllegalArgumentException().isThrownBy(() -> connections.settings("shpo", this.type))
			.withMessageContaining("There is no connection 'shpo' (did you mean 'shop'?)");
		assertThatIllegalArgumentException().isThrownBy(() -> connections.type("shpo"))
			.withMessageContaining("There is no connection 'shpo' (did you mean 'shop'?)");
	}

	@Test
	void unknownTypeNamesTheKnownOnes() {
		assertProblems("shop: { type: htpt, url: \"https://x\" }", "deltasync.connections.shop.type",
				"is 'htpt' (did you mean 'http'?); known types of connections are: jdbc, http");
	}

	@Test
	void typeWhoseLibrariesAreMissingNamesThem() {
		assertProblems("shop: { type: s3, url: \"s3://exports\" }", "deltasync.connections.shop.type",
				"is 's3', whose libraries are missing; add software.amazon.awssdk:s3, software.amazon.awssdk:apache5-client");
	}

	@Test
	void allProblemsAreFoundWithTheirKeysAndWithoutSecrets() {
		assertProblems("""
				shop: { type: http, url: "ftp://me:geheim@x", auth: { type: basic, token: geheim }, retries: -1,
				        read-timeout: 0s, allow-addresses: [ 10.0.0.0/33, localhost ] }
				""", "deltasync.connections.shop.url", "is 'ftp://x'; it begins like https://api.example.com",
				"deltasync.connections.shop.auth.username", "is missing; auth.type basic needs it",
				"deltasync.connections.shop.auth.token", "is not used by auth.type basic; leave it out",
				"deltasync.connections.shop.retries", "is -1; give 0 or more",
				"deltasync.connections.shop.read-timeout", "deltasync.connections.shop.allow-addresses",
				"contains '10.0.0.0/33'");
		assertProblems("shop: { type: http, uri: x, retries: many }", "deltasync.connections.shop.url", "is missing",
				"deltasync.connections.shop.uri", "is not a known key (did you mean 'url'?)",
				"deltasync.connections.shop.retries");
	}

	private void assertProblems(String yaml, String... texts) {
		ConfiguredConnections connections = connections(yaml);

		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> connections.settings("shop", this.type))
			.withMessageContainingAll(texts)
			.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("geheim"));
	}

	private ConfiguredConnections connections(String yaml) {
		return new ConfiguredConnections(new YamlEnvironment("deltasync.connections:\n" + yaml.indent(2)),
				List.of(this.type));
	}

}
