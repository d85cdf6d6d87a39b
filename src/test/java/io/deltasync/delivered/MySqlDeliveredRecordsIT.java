package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class MySqlDeliveredRecordsIT extends DeliveredRecordsContract {

	MySqlDeliveredRecordsIT() {
		super(TestDatabase.MYSQL);
	}

}
