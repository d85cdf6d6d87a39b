package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MySqlRecordLogIT extends RecordLogContract {

	MySqlRecordLogIT() {
		super(TestDatabase.MYSQL);
	}

}
