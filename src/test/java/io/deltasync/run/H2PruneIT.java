package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2PruneIT extends PruneContract {

	H2PruneIT() {
		super(TestDatabase.H2);
	}

}
