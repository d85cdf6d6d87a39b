package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlFilterIT extends FilterContract {

	MySqlFilterIT() {
		super(TestDatabase.MYSQL);
	}

}
