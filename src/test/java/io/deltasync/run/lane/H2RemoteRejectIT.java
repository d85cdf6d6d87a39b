package io.deltasync.run.lane;

import io.deltasync.run.deliver.H2RejectIT;

class H2RemoteRejectIT extends H2RejectIT {

	@Override
	public boolean isRemote() {
		return true;
	}

}
