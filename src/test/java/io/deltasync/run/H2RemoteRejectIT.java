package io.deltasync.run;

class H2RemoteRejectIT extends H2RejectIT {

	@Override
	boolean isRemote() {
		return true;
	}

}
