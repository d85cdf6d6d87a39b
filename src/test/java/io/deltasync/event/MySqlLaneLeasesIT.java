package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MySqlLaneLeasesIT extends LaneLeasesContract {

	MySqlLaneLeasesIT() {
		super(TestDatabase.MYSQL);
	}

}
