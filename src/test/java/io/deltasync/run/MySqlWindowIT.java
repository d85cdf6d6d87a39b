package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlWindowIT extends WindowContract {

	MySqlWindowIT() {
		super(TestDatabase.MYSQL);
	}

}
