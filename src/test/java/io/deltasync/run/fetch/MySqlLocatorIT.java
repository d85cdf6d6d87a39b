package io.deltasync.run.fetch;

import io.deltasync.testing.TestDatabase;

class MySqlLocatorIT extends LocatorContract {

	MySqlLocatorIT() {
		super(TestDatabase.MYSQL);
	}

}
