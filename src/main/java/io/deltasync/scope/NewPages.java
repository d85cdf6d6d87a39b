package io.deltasync.scope;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Divides scopes into pages and stores them, some at a time. A million scopes fit in
 * memory once, but not a second time as pages. Not thread-safe.
 */
final class NewPages {

	/** How much text a page holds, in characters, unless a single scope has more. */
	private static final int MAX_TEXT = 1_000_000;

	/**
	 * How much text is sent in one statement, in characters, unless a single page has
	 * more.
	 */
	private static final int MAX_SENT = 500_000;

	private final JdbcTemplate jdbc;

	private final long event;

	private final List<ScopeEntry> page = new ArrayList<>();

	private final List<Object[]> rows = new ArrayList<>();

	private long nextOrdinal;

	private int nextPage;

	private int text;

	private int unsent;

	NewPages(JdbcTemplate jdbc, long event, Plan plan) {
		this.jdbc = jdbc;
		this.event = event;
		this.nextOrdinal = plan.nextOrdinal();
		this.nextPage = plan.nextPage();
	}

	/**
	 * Adds a scope after those that were handed over before.
	 * @param scope the scope as text
	 * @param pageSize how many scopes its page may hold
	 */
	void add(@Nullable String scope, int pageSize) {
		add(new ScopeEntry(this.nextOrdinal++, scope), pageSize);
	}

	/** Adds a scope that keeps its ordinal. */
	void add(ScopeEntry scope, int pageSize) {
		int length = (scope.text() != null) ? scope.text().length() : 0;
		if (this.page.size() >= pageSize || this.text + length > MAX_TEXT) {
			endPage();
		}
		this.page.add(scope);
		this.text += length;
	}

	private void endPage() {
		if (this.page.isEmpty()) {
			return;
		}
		String scopes = PageText.write(this.page);
		if (this.unsent + scopes.length() > MAX_SENT) {
			send();
		}
		this.rows.add(new Object[] { this.event, this.nextPage++, scopes, this.page.size() });
		this.unsent += scopes.length();
		this.page.clear();
		this.text = 0;
	}

	private void send() {
		if (!this.rows.isEmpty()) {
			this.jdbc.batchUpdate(
					"INSERT INTO SYNC_SCOPE_PAGE (JOB_INSTANCE_ID, PAGE, SCOPES, SCOPE_COUNT) VALUES (?, ?, ?, ?)",
					this.rows);
			this.rows.clear();
			this.unsent = 0;
		}
	}

	/**
	 * Stores what has not been stored yet.
	 * @return the number of the next page
	 */
	int store() {
		endPage();
		send();
		return this.nextPage;
	}

}
