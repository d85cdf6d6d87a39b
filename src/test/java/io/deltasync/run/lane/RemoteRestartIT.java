package io.deltasync.run.lane;

import io.deltasync.run.plan.RestartIT;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;

@EachDatabase(TestDatabase.H2)
class RemoteRestartIT extends RestartIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
