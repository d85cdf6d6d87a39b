package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlAutoReplayWaitIT extends AutoReplayWaitContract {

	MySqlAutoReplayWaitIT() {
		super(TestDatabase.MYSQL);
	}

}
