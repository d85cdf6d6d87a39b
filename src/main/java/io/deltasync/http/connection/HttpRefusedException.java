package io.deltasync.http.connection;

import io.deltasync.api.AbortRunException;

/**
 * DeltaSync does not send the request because it leads to another server than the
 * connection's, or to an address that the connection does not allow. Another attempt
 * would end the same way, so the run is aborted.
 */
public final class HttpRefusedException extends AbortRunException {

	private static final long serialVersionUID = 1L;

	HttpRefusedException(String message) {
		super(message);
	}

}
