package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbPruneIT extends PruneContract {

	MariaDbPruneIT() {
		super(TestDatabase.MARIADB);
	}

}
