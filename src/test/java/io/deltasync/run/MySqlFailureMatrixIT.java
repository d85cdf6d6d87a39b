package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlFailureMatrixIT extends FailureMatrixContract {

	MySqlFailureMatrixIT() {
		super(TestDatabase.MYSQL);
	}

}
