package io.deltasync.lease;

import java.time.Duration;

/**
 * What renews leases, and what is done with them in the database.
 */
interface LeaseKeeper {

	void name(Lease lease, long event);

	void requestStop(Lease lease);

	/** How long a lease holds without being renewed. */
	Duration duration();

	void confirm(Lease lease);

	void fence(Lease lease);

	void hold(Lease lease);

	void release(Lease lease);

}
