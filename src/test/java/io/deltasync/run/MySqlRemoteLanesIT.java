package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRemoteLanesIT extends RemoteLanesContract {

	MySqlRemoteLanesIT() {
		super(TestDatabase.MYSQL);
	}

}
