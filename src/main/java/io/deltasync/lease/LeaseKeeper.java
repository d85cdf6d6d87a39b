package io.deltasync.lease;

import java.time.Duration;

/** Renews, checks and releases leases in the database. */
interface LeaseKeeper {

	void bindToEvent(Lease lease, long event);

	void requestStop(Lease lease);

	/** Returns how long a lease lasts without being renewed. */
	Duration duration();

	void confirm(Lease lease);

	void verify(Lease lease);

	void lockAndVerify(Lease lease);

	void release(Lease lease);

}
