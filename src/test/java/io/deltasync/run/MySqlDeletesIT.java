package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlDeletesIT extends DeletesContract {

	MySqlDeletesIT() {
		super(TestDatabase.MYSQL);
	}

}
