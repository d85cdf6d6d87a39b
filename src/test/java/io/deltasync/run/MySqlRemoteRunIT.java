package io.deltasync.run;

/** Whatever is promised of a run holds for one whose lanes workers carry out. */
class MySqlRemoteRunIT extends MySqlRunIT {

	@Override
	boolean isRemote() {
		return true;
	}

}
