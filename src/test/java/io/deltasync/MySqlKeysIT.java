package io.deltasync;

import io.deltasync.testing.TestDatabase;

class MySqlKeysIT extends JdbcKeysContract {

	MySqlKeysIT() {
		super(TestDatabase.MYSQL);
	}

}
