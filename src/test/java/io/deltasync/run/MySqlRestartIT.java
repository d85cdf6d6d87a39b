package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRestartIT extends RestartContract {

	MySqlRestartIT() {
		super(TestDatabase.MYSQL);
	}

}
