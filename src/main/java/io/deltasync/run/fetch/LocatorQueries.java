package io.deltasync.run.fetch;

import java.sql.SQLException;

import javax.sql.DataSource;

import io.deltasync.api.AbortRunException;
import io.deltasync.api.Connections;
import io.deltasync.api.LinkContext;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.api.SourceAdapterForRowPush;
import io.deltasync.connection.BorrowedConnections;
import io.deltasync.link.Link;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.retry.Messages;

/**
 * Runs the LOCATOR query of an adapter on its Link's local connection, by default
 * DeltaSync's own database. Thread-safe.
 */
public class LocatorQueries {

	/** The longest part of a query that a message shows, in characters. */
	private static final int MAX_QUERY = 200;

	/** The longest part of a driver's message that a message shows, in characters. */
	private static final int MAX_REASON = 500;

	private final Connections connections;

	private final DataSource own;

	private final BatchMemory memory;

	public LocatorQueries(Connections connections, DataSource own, BatchMemory memory) {
		this.connections = connections;
		this.own = BorrowedConnections.tracked(own);
		this.memory = memory;
	}

	/**
	 * Runs a query.
	 * @param link the Link
	 * @param context the context passed to the adapter
	 * @param adapter the adapter that receives the rows
	 * @param query the query
	 * @return the records that the adapter builds, read while they are consumed
	 * @throws AbortRunException if the query cannot be run
	 */
	Iterable<RecordInFlight> run(Link link, LinkContext context, SourceAdapter adapter, String query) {
		String name = link.localConnection();
		DataSource local = (name != null) ? this.connections.get(name) : this.own;
		try {
			return new LocatorRows(local, query, (SourceAdapterForRowPush) adapter, context, this.memory.share());
		}
		catch (SQLException ex) {
			AbortRunException abort = new AbortRunException(
					"the LOCATOR query of source adapter %s cannot be run on %s: %s. Correct the query: %s".formatted(
							adapter.getClass().getName(),
							(name != null) ? "connection '%s'".formatted(name) : "DeltaSync's own database",
							Messages.excerpt(Messages.of(ex), MAX_REASON), Messages.excerpt(query, MAX_QUERY)));
			// as a cause its whole message would be shown, and drivers include the whole
			// query
			abort.addSuppressed(ex);
			throw abort;
		}
	}

}
