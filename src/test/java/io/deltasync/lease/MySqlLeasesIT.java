package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MySqlLeasesIT extends LeasesContract {

	MySqlLeasesIT() {
		super(TestDatabase.MYSQL);
	}

}
