package io.deltasync.reject;

import io.deltasync.testing.TestDatabase;

class H2RejectsIT extends RejectsContract {

	H2RejectsIT() {
		super(TestDatabase.H2);
	}

}
