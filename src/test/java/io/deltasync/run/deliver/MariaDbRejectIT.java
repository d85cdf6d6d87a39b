package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MariaDbRejectIT extends RejectContract {

	MariaDbRejectIT() {
		super(TestDatabase.MARIADB);
	}

}
