package io.deltasync.run.deliver;

import io.deltasync.testing.TestDatabase;

class MariaDbRecordLogIT extends RecordLogContract {

	MariaDbRecordLogIT() {
		super(TestDatabase.MARIADB);
	}

}
