package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MariaDbLaneLeasesIT extends LaneLeasesContract {

	MariaDbLaneLeasesIT() {
		super(TestDatabase.MARIADB);
	}

}
