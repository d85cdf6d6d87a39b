package io.deltasync.connection;

import java.util.List;

import io.deltasync.config.YamlEnvironment;
import io.deltasync.testing.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** What sessions of configured connections begin with. */
class ConfiguredConnectionsIT {

	@ParameterizedTest
	@EnumSource(names = { "MYSQL", "MARIADB" })
	void serversKeepRowsThatAreNotTakenForTenMinutes(TestDatabase database) {
		String schema = database.createSchema();
		YamlEnvironment environment = new YamlEnvironment("""
				deltasync.connections.db: { url: "%s", username: "%s", password: "" }
				""".formatted(database.url(schema), database.username()));
		try (ConfiguredConnections connections = new ConfiguredConnections(environment, List.of())) {
			assertThat(new JdbcTemplate(connections.get("db")).queryForObject("SELECT @@SESSION.net_write_timeout",
					Integer.class))
				.isEqualTo(600);
		}
		database.dropSchema(schema);
	}

}
