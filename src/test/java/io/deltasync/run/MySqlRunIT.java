package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRunIT extends RunContract {

	MySqlRunIT() {
		super(TestDatabase.MYSQL);
	}

}
