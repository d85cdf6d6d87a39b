package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlLocatorIT extends LocatorContract {

	MySqlLocatorIT() {
		super(TestDatabase.MYSQL);
	}

}
