package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlReplayIT extends ReplayContract {

	MySqlReplayIT() {
		super(TestDatabase.MYSQL);
	}

}
