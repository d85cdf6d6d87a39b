package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MariaDbLeasesIT extends LeasesContract {

	MariaDbLeasesIT() {
		super(TestDatabase.MARIADB);
	}

}
