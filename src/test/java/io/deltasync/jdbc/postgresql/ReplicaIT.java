package io.deltasync.jdbc.postgresql;

import java.time.Duration;
import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.jdbc.Databases;
import io.deltasync.jdbc.Pull;
import io.deltasync.jdbc.read.JdbcSourceOptions;
import io.deltasync.testing.PostgreSqlReplica;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** A source that is a replica, and behind its primary. */
@Timeout(120)
class ReplicaIT {

	@Test
	void changesThatTheReplicaShowsLateAreReadByTheNextRun() throws Exception {
		try (PostgreSqlReplica servers = PostgreSqlReplica.start()) {
			JdbcTemplate primary = new JdbcTemplate(servers.primary());
			primary
				.execute("CREATE TABLE t (id INT PRIMARY KEY, changed TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp())");
			primary.execute("INSERT INTO t SELECT generate_series(1, 10)");
			servers.catchUp();
			Pull pull = new Pull(new Databases().with("db", servers.replica()), "t", new JdbcSourceOptions("db",
					List.of("id"), null, "changed", Duration.ZERO, null, null, null, null, null));
			assertThat(pull.run()).hasSize(10);

			servers.pause();
			primary.execute("INSERT INTO t VALUES (11)");
			assertThat(pull.run()).extracting((row) -> row.get("id")).doesNotContain(11);
			primary.execute("INSERT INTO t VALUES (12)");
			servers.catchUp();
			List<RecordInFlight> late = pull.run();

			assertThat(late).extracting((row) -> ((Number) row.get("id")).intValue()).contains(11, 12);
			assertThat(pull.run()).hasSizeLessThan(10);
		}
	}

}
