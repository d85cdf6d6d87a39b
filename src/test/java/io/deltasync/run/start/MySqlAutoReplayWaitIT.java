package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;

class MySqlAutoReplayWaitIT extends AutoReplayWaitContract {

	MySqlAutoReplayWaitIT() {
		super(TestDatabase.MYSQL);
	}

}
