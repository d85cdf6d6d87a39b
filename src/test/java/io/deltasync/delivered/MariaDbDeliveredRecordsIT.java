package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class MariaDbDeliveredRecordsIT extends DeliveredRecordsContract {

	MariaDbDeliveredRecordsIT() {
		super(TestDatabase.MARIADB);
	}

}
