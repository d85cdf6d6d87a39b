package io.deltasync.serve;

import io.deltasync.testing.TestDatabase;

class H2ServeIT extends ServeContract {

	H2ServeIT() {
		super(TestDatabase.H2);
	}

}
