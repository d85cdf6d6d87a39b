package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MariaDbKeysIT extends JdbcKeysContract {

	MariaDbKeysIT() {
		super(TestDatabase.MARIADB);
	}

}
