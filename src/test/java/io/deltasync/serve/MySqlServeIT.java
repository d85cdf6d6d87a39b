package io.deltasync.serve;

import io.deltasync.testing.TestDatabase;

class MySqlServeIT extends ServeContract {

	MySqlServeIT() {
		super(TestDatabase.MYSQL);
	}

}
