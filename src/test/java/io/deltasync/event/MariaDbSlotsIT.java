package io.deltasync.event;

import io.deltasync.testing.TestDatabase;

class MariaDbSlotsIT extends SlotsContract {

	MariaDbSlotsIT() {
		super(TestDatabase.MARIADB);
	}

}
