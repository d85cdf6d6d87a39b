package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlPruneIT extends PruneContract {

	MySqlPruneIT() {
		super(TestDatabase.MYSQL);
	}

}
