package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class MariaDbRecordLogIT extends RecordLogContract {

	MariaDbRecordLogIT() {
		super(TestDatabase.MARIADB);
	}

}
