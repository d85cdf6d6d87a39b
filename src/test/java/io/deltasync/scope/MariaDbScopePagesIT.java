package io.deltasync.scope;

import io.deltasync.testing.TestDatabase;

class MariaDbScopePagesIT extends ScopePagesContract {

	MariaDbScopePagesIT() {
		super(TestDatabase.MARIADB);
	}

}
