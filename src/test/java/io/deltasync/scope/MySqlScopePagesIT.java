package io.deltasync.scope;

import io.deltasync.testing.TestDatabase;

class MySqlScopePagesIT extends ScopePagesContract {

	MySqlScopePagesIT() {
		super(TestDatabase.MYSQL);
	}

}
