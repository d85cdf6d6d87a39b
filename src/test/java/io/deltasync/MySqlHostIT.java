package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MySqlHostIT extends HostContract {

	MySqlHostIT() {
		super(TestDatabase.MYSQL);
	}

}
