package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlTestingIT extends TestingContract {

	MySqlTestingIT() {
		super(TestDatabase.MYSQL);
	}

}
