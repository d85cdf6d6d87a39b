package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlDeletesIT extends DeletesContract {

	MySqlDeletesIT() {
		super(TestDatabase.MYSQL);
	}

}
