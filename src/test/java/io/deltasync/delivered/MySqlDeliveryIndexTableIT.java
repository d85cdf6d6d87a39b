package io.deltasync.delivered;

import io.deltasync.testing.TestDatabase;

class MySqlDeliveryIndexTableIT extends DeliveryIndexTableContract {

	MySqlDeliveryIndexTableIT() {
		super(TestDatabase.MYSQL);
	}

}
