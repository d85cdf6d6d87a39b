package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class H2DeliveredRecordsIT extends DeliveredRecordsContract {

	H2DeliveredRecordsIT() {
		super(TestDatabase.H2);
	}

}
