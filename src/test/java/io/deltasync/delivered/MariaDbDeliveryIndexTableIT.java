package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class MariaDbDeliveryIndexTableIT extends DeliveryIndexTableContract {

	MariaDbDeliveryIndexTableIT() {
		super(TestDatabase.MARIADB);
	}

}
