package io.deltasync.run.lane;

import io.deltasync.run.plan.H2RestartIT;

class H2RemoteRestartIT extends H2RestartIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
