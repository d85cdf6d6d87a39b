package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class H2DeliveryIndexTableIT extends DeliveryIndexTableContract {

	H2DeliveryIndexTableIT() {
		super(TestDatabase.H2);
	}

}
