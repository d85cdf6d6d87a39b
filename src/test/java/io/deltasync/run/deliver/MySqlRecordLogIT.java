package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MySqlRecordLogIT extends RecordLogContract {

	MySqlRecordLogIT() {
		super(TestDatabase.MYSQL);
	}

}
