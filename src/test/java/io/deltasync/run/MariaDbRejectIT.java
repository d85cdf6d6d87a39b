package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbRejectIT extends RejectContract {

	MariaDbRejectIT() {
		super(TestDatabase.MARIADB);
	}

}
