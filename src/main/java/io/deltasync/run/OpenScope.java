package io.deltasync.run;

import java.util.List;

import io.deltasync.api.RecordInFlight;
import io.deltasync.scope.RecordCounts;
import io.deltasync.scope.ScopeEntry;
import io.deltasync.scope.ScopePage;
import org.jspecify.annotations.Nullable;

/**
 * A scope that a lane has begun and whose end is not stored yet. Counts what was
 * delivered of it. Not thread-safe.
 */
final class OpenScope {

	private final ScopePage page;

	private final int position;

	private boolean atEnd;

	private @Nullable String failure;

	private @Nullable String cursor;

	private List<String> warnings = List.of();

	private long fetched;

	private long written;

	private long created;

	private long failed;

	private long warned;

	private long ignored;

	OpenScope(ScopePage page, int position) {
		this.page = page;
		this.position = position;
	}

	ScopePage page() {
		return this.page;
	}

	/** Its place in the page, from 0. */
	int position() {
		return this.position;
	}

	ScopeEntry entry() {
		return this.page.scopes().get(this.position);
	}

	void count(RecordInFlight record) {
		this.fetched++;
		if (!record.warnings().isEmpty()) {
			this.warned++;
		}
		if (record.isFailed()) {
			this.failed++;
		}
		else if (record.isIgnored()) {
			this.ignored++;
		}
		else {
			this.written++;
			if (record.isCreated()) {
				this.created++;
			}
		}
	}

	RecordCounts counts() {
		return new RecordCounts(this.fetched, this.written, this.created, this.failed, this.warned, this.ignored, 0);
	}

	void end(@Nullable String newCursor, List<String> newWarnings) {
		this.atEnd = true;
		this.cursor = newCursor;
		this.warnings = newWarnings;
	}

	/** What the adapter warned of while it fetched. */
	List<String> warnings() {
		return this.warnings;
	}

	void fail(String message) {
		this.atEnd = true;
		this.failure = message;
	}

	boolean isAtEnd() {
		return this.atEnd;
	}

	@Nullable String failure() {
		return this.failure;
	}

	@Nullable String cursor() {
		return this.cursor;
	}

}
