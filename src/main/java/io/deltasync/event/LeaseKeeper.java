package io.deltasync.event;

/**
 * What renews leases, and what is done with them in the database.
 */
interface LeaseKeeper {

	void name(Lease lease, long event);

	void requestStop(Lease lease);

	void fence(Lease lease);

	void hold(Lease lease);

	void release(Lease lease);

}
