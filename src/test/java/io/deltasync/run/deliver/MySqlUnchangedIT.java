package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlUnchangedIT extends UnchangedContract {

	MySqlUnchangedIT() {
		super(TestDatabase.MYSQL);
	}

}
