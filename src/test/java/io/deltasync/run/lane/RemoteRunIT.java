package io.deltasync.run.lane;

import io.deltasync.run.RunIT;
import io.deltasync.testing.EachDatabase;
import io.deltasync.testing.TestDatabase;

/** Whatever is promised of a run holds for one whose lanes workers carry out. */
@EachDatabase(TestDatabase.MYSQL)
class RemoteRunIT extends RunIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
