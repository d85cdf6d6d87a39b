package io.deltasync.run.lane;

import io.deltasync.testing.TestDatabase;

class MySqlRemoteLanesIT extends RemoteLanesContract {

	MySqlRemoteLanesIT() {
		super(TestDatabase.MYSQL);
	}

}
