package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MySqlLeasesIT extends LeasesContract {

	MySqlLeasesIT() {
		super(TestDatabase.MYSQL);
	}

}
