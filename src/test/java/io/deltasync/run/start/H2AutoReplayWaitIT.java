package io.deltasync.run.start;

import io.deltasync.testing.TestDatabase;

class H2AutoReplayWaitIT extends AutoReplayWaitContract {

	H2AutoReplayWaitIT() {
		super(TestDatabase.H2);
	}

}
