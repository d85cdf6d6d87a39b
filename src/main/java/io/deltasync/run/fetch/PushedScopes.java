package io.deltasync.run.fetch;

import java.util.Collections;
import java.util.Objects;

import io.deltasync.api.LinkContext;
import io.deltasync.api.SourceAdapter;
import io.deltasync.inbox.InboxDelivery;
import io.deltasync.inbox.PushedBody;
import io.deltasync.run.BatchMemory;
import io.deltasync.run.RunTransactions;
import io.deltasync.scope.ScopeEntry;

/**
 * Reads the records of stored requests, each of which is a scope. Thread-safe.
 *
 * @param inbox the requests
 * @param memory limits the memory for their rows
 * @param transactions the transactions in which they are read
 */
public record PushedScopes(InboxDelivery inbox, BatchMemory memory, RunTransactions transactions) {

	/**
	 * Returns the number of the request that is a scope.
	 * @param scope the scope
	 * @return the number
	 */
	public static long id(ScopeEntry scope) {
		return Long.parseLong(Objects.requireNonNull(scope.text()));
	}

	/**
	 * Starts to read a request. A request that was discarded has no records.
	 */
	Fetch open(String link, LinkContext context, SourceAdapter adapter, long id) {
		PushedBody body = this.transactions.call(() -> this.inbox.body(link, id).orElse(null));
		return Fetch.ofPush(adapter, () -> (body != null)
				? PushedRecords.of(adapter, context, body, this.memory.share()) : Collections.emptyIterator());
	}

}
