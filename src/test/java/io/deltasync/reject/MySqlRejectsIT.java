package io.deltasync.reject;

import io.deltasync.testing.TestDatabase;

class MySqlRejectsIT extends RejectsContract {

	MySqlRejectsIT() {
		super(TestDatabase.MYSQL);
	}

}
