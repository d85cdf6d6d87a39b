package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class MariaDbLaunchIT extends LaunchContract {

	MariaDbLaunchIT() {
		super(TestDatabase.MARIADB);
	}

	/** Of the whole server, which is this test's own. */
	@Override
	long lostLocks(JdbcTemplate jdbc, String ofSchema) {
		return jdbc.queryForObject("""
				SELECT SUM(VARIABLE_VALUE) FROM INFORMATION_SCHEMA.GLOBAL_STATUS
				WHERE VARIABLE_NAME = 'INNODB_DEADLOCKS'""", Long.class);
	}

}
