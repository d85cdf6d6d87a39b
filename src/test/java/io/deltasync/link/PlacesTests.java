package io.deltasync.link;

import io.deltasync.config.ConfigurationException;
import io.deltasync.config.YamlEnvironment;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PlacesTests {

	private static final String YAML = """
			deltasync:
			  connections:
			    crm: { url: "jdbc:h2:mem:crm", pool-size: %d }
			  links:
			    a:
			      local-connection: crm
			      source: { adapter: db, table: t, key: id, connection: crm }
			      target: { adapter: db, table: t, key: id }
			    b:
			      local-connection: crm
			      source: { adapter: db, table: t, key: id, connection: crm }
			      target: { adapter: db, table: t, key: id }
			""";

	private static Links links(int poolSize) {
		return new Links(AdaptersForTests.beans(), new YamlEnvironment(YAML.formatted(poolSize)));
	}

	@Test
	void lanesOfAllLinksShareAPoolAndEachGetsAllItsConnectionsOrNone() throws Exception {
		Links links = links(5);
		Places a = links.get("a").places();
		Places b = links.get("b").places();

		assertThat(a.take(() -> true)).isTrue();
		assertThat(b.take(() -> true)).isTrue();
		assertThat(a.take(() -> true)).as("one connection is left, and two are needed").isFalse();
		b.giveBack();
		assertThat(a.take(() -> true)).isTrue();
	}

	@Test
	void poolThatLimitsLanesIsReported() {
		assertThat(links(5).get("a").places().limit(2)).isNull();
		assertThat(links(5).get("a").places().limit(4)).isEqualTo(
				"2 of 4 lanes work at a time: each needs 2 of the 5 connections that pool-size allows to connection 'crm'");
	}

	@Test
	void poolTooSmallForOneLaneIsRefused() {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> links(1))
			.withMessageContaining(
					"needs 2 connections of 'crm' at the same time, but its pool-size is 1; give 2 or more");
	}

}
