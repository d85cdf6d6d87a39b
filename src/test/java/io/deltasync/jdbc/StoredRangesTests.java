package io.deltasync.jdbc;

import java.util.List;

import io.deltasync.jdbc.delta.Window;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.read.KeyRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The scopes that versions have stored, which a restart with a later version reads.
 */
class StoredRangesTests {

	private static final String DELTA = """
			{"order":["region","id"],"from":["EU","7"],"to":["US","12"],"window":{"column":"changed",\
			"from":"2026-11-22T08:00:00.123456Z","to":"2026-11-22T09:00:00Z","toIncluded":true}}""";

	private static final String EVERYTHING = """
			{"order":["id"],"from":null,"to":null,"window":null}""";

	private final JdbcSource source = new JdbcSource(new Databases(),
			new JdbcTables(new Databases(), BuiltInDialects.with(List.of())));

	@Test
	void storedFormOfRangesStaysTheSame() {
		KeyRange delta = new KeyRange(List.of("region", "id"), List.of("EU", "7"), List.of("US", "12"),
				new Window("changed", "2026-11-22T08:00:00.123456Z", "2026-11-22T09:00:00Z", true));
		KeyRange everything = new KeyRange(List.of("id"), null, null, null);

		assertThat(this.source.serializeScope(delta)).isEqualTo(DELTA);
		assertThat(this.source.deserializeScope(DELTA)).isEqualTo(delta);
		assertThat(this.source.serializeScope(everything)).isEqualTo(EVERYTHING);
		assertThat(this.source.deserializeScope(EVERYTHING)).isEqualTo(everything);
	}

	@Test
	void fieldsOfALaterVersionAreIgnored() {
		assertThat(this.source.deserializeScope(EVERYTHING.replace("}", ",\"rows\":5000}")))
			.isEqualTo(new KeyRange(List.of("id"), null, null, null));
	}

}
