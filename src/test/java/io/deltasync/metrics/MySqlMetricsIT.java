package io.deltasync.metrics;

import io.deltasync.testing.TestDatabase;

class MySqlMetricsIT extends MetricsContract {

	MySqlMetricsIT() {
		super(TestDatabase.MYSQL);
	}

}
