package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;

class MySqlReplayIT extends ReplayContract {

	MySqlReplayIT() {
		super(TestDatabase.MYSQL);
	}

}
