package io.deltasync.run.lane;

import io.deltasync.run.deliver.RejectIT;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;

@EachDatabase(TestDatabase.H2)
class RemoteRejectIT extends RejectIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
