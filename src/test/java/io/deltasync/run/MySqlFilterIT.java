package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlFilterIT extends FilterContract {

	MySqlFilterIT() {
		super(TestDatabase.MYSQL);
	}

}
