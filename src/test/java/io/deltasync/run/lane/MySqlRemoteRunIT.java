package io.deltasync.run.lane;

import io.deltasync.run.MySqlRunIT;

/** Whatever is promised of a run holds for one whose lanes workers carry out. */
class MySqlRemoteRunIT extends MySqlRunIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
