package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlUnchangedIT extends UnchangedContract {

	MySqlUnchangedIT() {
		super(TestDatabase.MYSQL);
	}

}
