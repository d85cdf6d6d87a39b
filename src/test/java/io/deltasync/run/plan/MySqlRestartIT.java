package io.deltasync.run.plan;

import io.deltasync.testing.TestDatabase;

class MySqlRestartIT extends RestartContract {

	MySqlRestartIT() {
		super(TestDatabase.MYSQL);
	}

}
