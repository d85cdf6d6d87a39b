package io.deltasync.run.lane;

import io.deltasync.testing.TestDatabase;

class H2RemoteLanesIT extends RemoteLanesContract {

	H2RemoteLanesIT() {
		super(TestDatabase.H2);
	}

}
