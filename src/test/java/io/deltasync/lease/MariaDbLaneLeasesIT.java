package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MariaDbLaneLeasesIT extends LaneLeasesContract {

	MariaDbLaneLeasesIT() {
		super(TestDatabase.MARIADB);
	}

}
