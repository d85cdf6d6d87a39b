package io.deltasync.run;

class H2RemoteRestartIT extends H2RestartIT {

	@Override
	boolean isRemote() {
		return true;
	}

}
