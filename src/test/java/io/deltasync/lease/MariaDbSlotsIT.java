package io.deltasync.lease;

import io.deltasync.testing.TestDatabase;

class MariaDbSlotsIT extends SlotsContract {

	MariaDbSlotsIT() {
		super(TestDatabase.MARIADB);
	}

}
