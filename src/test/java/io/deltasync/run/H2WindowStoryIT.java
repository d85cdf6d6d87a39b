package io.deltasync.run;

import io.deltasync.testing.TestDatabase;

class H2WindowStoryIT extends WindowStoryContract {

	H2WindowStoryIT() {
		super(TestDatabase.H2);
	}

}
