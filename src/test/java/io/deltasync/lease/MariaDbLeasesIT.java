package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MariaDbLeasesIT extends LeasesContract {

	MariaDbLeasesIT() {
		super(TestDatabase.MARIADB);
	}

}
