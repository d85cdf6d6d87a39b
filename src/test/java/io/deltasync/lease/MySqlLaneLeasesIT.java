package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MySqlLaneLeasesIT extends LaneLeasesContract {

	MySqlLaneLeasesIT() {
		super(TestDatabase.MYSQL);
	}

}
