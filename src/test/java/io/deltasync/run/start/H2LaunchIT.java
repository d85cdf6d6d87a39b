package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;
import org.springframework.jdbc.core.JdbcTemplate;

class H2LaunchIT extends LaunchContract {

	H2LaunchIT() {
		super(TestDatabase.H2);
	}

	/** H2 does not tell: here it must show in what is launched. */
	@Override
	long lostLocks(JdbcTemplate jdbc, String ofSchema) {
		return 0;
	}

}
