package io.deltasync.metrics;

import io.deltasync.testing.TestDatabase;

class H2MetricsIT extends MetricsContract {

	H2MetricsIT() {
		super(TestDatabase.H2);
	}

}
